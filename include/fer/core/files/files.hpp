#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "fer/core/error.hpp"

namespace fer {

/// The whole file as bytes. `fault` says whose mistake an unreadable file is. Throws Error with the path and the remedy
/// where it is missing, a directory, unreadable or larger than `limit` bytes.
std::string readFile(const std::filesystem::path& path, Fault fault, std::size_t limit = std::size_t{1} << 30);

/// A file that appears whole or not at all: written beside its place under a temporary name, flushed to the disk, then
/// renamed, then its folder flushed. Until commit() the earlier file stays as it was; a writer that is destroyed
/// without commit() removes what it wrote. A place that is no regular file (a pipe, /dev/stdout) is written directly.
/// Every member throws Error with the path. One thread at a time.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(const void* bytes, std::size_t count);
  void write(std::string_view text) { write(text.data(), text.size()); }
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;  ///< empty where the file is written directly
  int descriptor_ = -1;
};

/// The same for a library that writes its file itself: it writes to part(), then commit() puts the file in its place. A
/// place that is destroyed without commit() removes what was written. Every member throws Error with the path.
class AtomicPlace {
 public:
  explicit AtomicPlace(std::filesystem::path path);
  ~AtomicPlace();
  AtomicPlace(const AtomicPlace&) = delete;
  AtomicPlace& operator=(const AtomicPlace&) = delete;

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& part() const { return part_; }
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;  ///< empty after commit()
};

/// Removes what AtomicFiles and AtomicPlaces for `path` left beside it where their processes were killed. Only where no
/// process is writing it. What cannot be removed stays.
void removeParts(const std::filesystem::path& path);

/// Throws Error that says how much is missing where the file system of `folder` has less than `bytes` free.
void requireFreeSpace(const std::filesystem::path& folder, std::uintmax_t bytes, const std::string& remedy);

/// AtomicFile with the whole content at hand.
void writeFile(const std::filesystem::path& path, std::string_view content);

}  // namespace fer
