#pragma once

#include <filesystem>

namespace fer {

/// How many threads are worth starting: the processors that this process may run on, or fewer where a container's quota
/// grants less time than that (a part of a processor counts as one). At least 1. Reads a few small files: ask once.
int usableProcessors();

/// What control groups grant of the processors' time, in processors; 0: no limit. The smallest quota from the process'
/// own group up to the root counts, of version 2 (cpu.max) and version 1 (cpu.cfs_quota_us by cpu.cfs_period_us). What
/// cannot be read limits nothing. `root` stands for "/", for tests.
double processorQuota(const std::filesystem::path& root = "/");

}  // namespace fer
