#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace fer::train {

/// Notices that other programs keep a training's threads from the processors. Each step waits for its slowest thread,
/// so that one busy program beside two threads costs more than the third of the time that it takes: one thread is
/// faster then. The sign is how long the threads stood ready and waited for a processor, as Linux counts it
/// (schedstat); where the system does not count nothing is ever noticed. One thread at a time.
class CrowdWatch {
 public:
  /// `threads` compute, on so many processors. `tasks`: a folder for each thread of the process, with its schedstat.
  CrowdWatch(int threads, int processors, std::filesystem::path tasks = "/proc/self/task");

  /// To be called every now and then, at `seconds` of any steady clock. Once, after some time in a crowd, a line for
  /// the log that says how many threads would do better.
  std::optional<std::string> look(double seconds);

 private:
  using Waits = std::map<std::string, double>;  ///< seconds by thread
  Waits waits() const;

  int threads_;
  int processors_;
  std::filesystem::path tasks_;
  bool said_ = false;
  std::optional<double> begin_;  ///< of the time looked at
  Waits before_;                 ///< then
};

}  // namespace fer::train
