#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

namespace fer::data::csv {

/// Puts the next bytes of a text into the front of a non-empty room and says how many: 0 at the end. Throws Error.
using ByteSource = std::function<std::size_t(std::span<char> room)>;

/// A file or pipe opened for reading. Throws Error (bad data) with the path, as does its source().
class InputFile {
 public:
  explicit InputFile(std::filesystem::path path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::size_t expectedBytes() const { return expected_bytes_; }  ///< size of a regular file; 0: not known
  ByteSource source();                                           ///< valid while this lives

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t expected_bytes_ = 0;
};

}  // namespace fer::data::csv
