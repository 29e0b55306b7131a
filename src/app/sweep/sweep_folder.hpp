#pragma once

#include <filesystem>
#include <string>

#include "fer/core/files/file_lock.hpp"

namespace fer::app {

/// The folder of a sweep, and the names of what stands in it. Held against a second fer-sweep, and by the trainings
/// that this one starts as long as they live: one that was killed leaves none behind that a second could meet.
class SweepFolder {
 public:
  /// Makes `wanted`, or wanted-2 ... where that name is taken. Throws Error where it cannot be made.
  static SweepFolder create(const std::filesystem::path& wanted);

  /// Throws Error (usage) where it is no sweep's folder, Error where another process holds it.
  static SweepFolder open(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path file() const { return path_ / "sweep.json"; }
  std::filesystem::path base() const { return path_ / "base.json"; }  ///< the config of all runs, resolved
  std::filesystem::path leaderboard() const { return path_ / "leaderboard.csv"; }
  std::filesystem::path run(const std::string& name) const { return path_ / "runs" / name; }

 private:
  explicit SweepFolder(const std::filesystem::path& path);
  std::filesystem::path path_;
  FileLock lock_;
};

}  // namespace fer::app
