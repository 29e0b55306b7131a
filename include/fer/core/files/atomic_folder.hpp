#pragma once

#include <filesystem>

namespace fer {

/// A folder whose files are replaced together or not at all: they are written into a folder beside its place, which
/// then changes places with the earlier one. Until commit() the earlier folder stays as it was; a writer that is
/// destroyed without commit() removes what it wrote, and what one that was killed left is removed by the next. For one
/// writer at a time (FileLock). Every member throws Error with the path.
class AtomicFolder {
 public:
  /// `folder` need not exist; what it lies in is made.
  explicit AtomicFolder(std::filesystem::path folder);
  ~AtomicFolder();
  AtomicFolder(const AtomicFolder&) = delete;
  AtomicFolder& operator=(const AtomicFolder&) = delete;

  /// Where to write.
  const std::filesystem::path& part() const { return part_; }

  /// Takes a file or folder of the earlier folder over, if it is there; what stands under its name in part() stays.
  void keep(const std::filesystem::path& name);

  void commit();

 private:
  std::filesystem::path folder_;
  std::filesystem::path part_;
};

}  // namespace fer
