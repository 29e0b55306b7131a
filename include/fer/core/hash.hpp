#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace fer {

/// SHA-256 of what is added, in order (libcrypto's). One thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(const void* bytes, std::size_t count);
  void add(std::string_view text) { add(text.data(), text.size()); }
  std::string hex();  ///< 64 lower-case digits; ends the hash

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of a file's bytes. Throws Error (bad data) where it cannot be read.
std::string fileSha256(const std::filesystem::path& path);

}  // namespace fer
