#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "fer/core/files/file_lock.hpp"

namespace fer {

/// The folder of one training run, and the names of what stands in it. Copies name the same folder.
class RunDirectory {
 public:
  /// Makes the folder `wanted`, or wanted-2, wanted-3 ... where that name is taken. Nothing is overwritten.
  /// Throws Error where it cannot be made.
  static RunDirectory create(const std::filesystem::path& wanted);

  /// An existing run. Throws Error (usage) where the folder is missing or holds no config.json.
  static RunDirectory open(const std::filesystem::path& folder);

  std::string name() const { return path_.filename().string(); }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path config() const { return path_ / "config.json"; }
  std::filesystem::path environment() const { return path_ / "environment.json"; }
  std::filesystem::path metrics() const { return path_ / "metrics.csv"; }
  std::filesystem::path timing() const { return path_ / "timing.csv"; }
  std::filesystem::path curves() const { return path_ / "curves.svg"; }
  std::filesystem::path samples() const { return path_ / "samples.png"; }
  std::filesystem::path page() const { return path_ / "report.html"; }
  std::filesystem::path log() const { return path_ / "log.txt"; }
  std::filesystem::path checkpoints() const { return path_ / "checkpoints"; }
  std::filesystem::path checkpoint(const std::string& which) const;  ///< "best", "last" or "final"
  std::filesystem::path evaluation(const std::string& split) const { return path_ / "eval" / split; }
  std::filesystem::path testReads() const { return path_ / "test_reads.json"; }

 private:
  explicit RunDirectory(std::filesystem::path path);
  std::filesystem::path path_;
};

/// What a file or folder is called where it does not matter on which machine it lay: of what stands in a run's folder
/// of checkpoints RUN/checkpoints/FILE, else its name alone.
std::string nameToShow(const std::filesystem::path& path);

/// Of each, with commas between them.
std::string namesToShow(const std::vector<std::string>& paths);

/// Whether a run has been trained as far as its first checkpoint: from there on it can be gone on with.
bool hasBegun(const RunDirectory& run);

/// A folder that RunDirectory::create has just made. Unless the run has begun by then, it goes with all that is in it
/// when this ends, so that no folder is left that nobody can use.
class NewRun {
 public:
  explicit NewRun(RunDirectory run) : run_(std::move(run)) {}
  ~NewRun();
  NewRun(const NewRun&) = delete;
  NewRun& operator=(const NewRun&) = delete;

 private:
  RunDirectory run_;
};

/// Removes what a training left half-written that died while it saved. For who holds the run's lock.
void sweep(const RunDirectory& run);

/// Holds a run against a second process that would train it. The system lets go of it when the process ends, however.
class RunLock {
 public:
  /// Throws Error where another process holds the run.
  explicit RunLock(const RunDirectory& run);

 private:
  FileLock lock_;
};

}  // namespace fer
