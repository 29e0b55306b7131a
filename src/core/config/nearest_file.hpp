#pragma once

#include <filesystem>
#include <initializer_list>

namespace fer {

/// The first of `places` that is a file in `folder`, or in the nearest folder above it; else an empty path.
std::filesystem::path nearestFile(const std::filesystem::path& folder,
                                  std::initializer_list<std::filesystem::path> places);

/// The folder of this executable, links followed; an empty path where the system does not say.
std::filesystem::path executableFolder();

}  // namespace fer
