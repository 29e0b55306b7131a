#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fer/core/files/files.hpp"

namespace fer::weights {

/// A zip file of uncompressed records that stand in one folder, as PyTorch writes it. Opening checks the whole
/// directory: nothing compressed, encrypted, named twice or overlapping, no bytes before or behind. Throws
/// TorchRefusal, and Error where the file cannot be read.
class ZipRecords {
 public:
  explicit ZipRecords(const std::filesystem::path& path);
  ~ZipRecords();

  /// By names without the folder.
  bool contains(const std::string& name) const { return records_.contains(name); }
  std::vector<std::string> names() const;
  std::uint64_t size(const std::string& name) const;

  /// The whole record, whose checksum must agree, into `bytes`, which has room for it.
  void read(const std::string& name, void* bytes) const;
  std::string text(const std::string& name) const;

 private:
  struct Archive;
  struct Record {
    std::uint64_t index;
    std::uint64_t size;
  };
  const Record& find(const std::string& name) const;

  std::unique_ptr<Archive> archive_;
  std::map<std::string, Record> records_;
};

/// What is to stand under `name`; the bytes are not copied.
struct ZipRecord {
  std::string name;
  const void* bytes;
  std::size_t size;
};

/// Writes a zip file of uncompressed records in one folder, all dated 1980-01-01. Throws Error.
void writeZip(AtomicFile& file, const std::filesystem::path& path, const std::vector<ZipRecord>& records);

}  // namespace fer::weights
