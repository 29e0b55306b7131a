#pragma once

#include <filesystem>

namespace fer {

/// Holds what a file stands for against other processes, for as long as it lives: it waits for its turn. The file is
/// made where it is missing and stays, empty. The system lets go of it when the process ends, however. Throws Error
/// where it cannot be opened or locked.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace fer
