#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// A new, empty folder among the system's temporary files, removed with all it holds. Throws Error where it cannot be
/// made.
class TemporaryFolder {
 public:
  /// `name` is the beginning of its own.
  explicit TemporaryFolder(const std::string& name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace fer
