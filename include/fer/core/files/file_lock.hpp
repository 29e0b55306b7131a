#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// Holds what a file stands for against other processes, for as long as it lives. The file is made where it is missing
/// and stays, empty. The system lets go of it when the process ends, however. Throws Error where it cannot be opened or
/// locked.
class FileLock {
 public:
  /// How it is where another process has it.
  struct AtOnce {
    std::string busy;        ///< the Error's message: who is at work
    bool handed_on = false;  ///< whether the programs that this one starts hold it too, as long as they live
  };

  explicit FileLock(const std::filesystem::path& file);                ///< waits for its turn
  FileLock(const std::filesystem::path& file, const AtOnce& at_once);  ///< does not: throws Error with the message
  FileLock(FileLock&& other) noexcept;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace fer
