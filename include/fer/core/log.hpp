#pragma once

#include <filesystem>
#include <fstream>
#include <iosfwd>
#include <string>

namespace fer {

/// Lines for whoever watches and for whoever reads log.txt later. One thread at a time.
class Log {
 public:
  /// Appends to `file`. Throws Error where it cannot be opened.
  Log(std::ostream& watched, std::filesystem::path file);

  /// Throws Error where the line cannot be written to the file.
  void line(const std::string& text);

  std::ostream& watched() { return watched_; }

 private:
  std::ostream& watched_;
  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace fer
