#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace fer::serve {

/// A file that grows while a program runs, which may be killed at any time: what was flushed is in it. Every member
/// throws Error with the path. One thread at a time.
class GrowingFile {
 public:
  /// Keeps the first `kept` bytes of what stands there and cuts off the rest. "-" is the standard output.
  explicit GrowingFile(std::filesystem::path path, std::uint64_t kept = 0);
  ~GrowingFile();
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  /// Waits in memory for the next flush.
  void add(std::string_view text) { waiting_ += text; }
  std::size_t waiting() const { return waiting_.size(); }
  void flush();

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::string waiting_;
};

}  // namespace fer::serve
