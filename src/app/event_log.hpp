#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace fer::app {

/// Seconds since 1970.
double wallTime();

/// A new file for TensorBoard in a folder; see report/event_file.hpp for what goes in. Each record reaches the system
/// at once and whole, so that a process that is killed leaves a readable file. Where fer was built without protozero
/// there is no file, and records are not asked for.
class EventLog {
 public:
  /// Throws Error where the file cannot be made.
  EventLog(const std::filesystem::path& folder, double now);

  bool open() const { return file_.is_open(); }

  /// Throws Error where it cannot be written; a part of the record may stand there then.
  void add(const std::string& record);

 private:
  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace fer::app
