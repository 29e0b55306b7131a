#include "fer/core/files/atomic_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"

namespace fer {
namespace {

namespace fs = std::filesystem;

/// What marks a folder that is not finished, or is no longer wanted.
std::string markOf(const fs::path& folder) {
  return "." + folder.filename().string() + ".";
}

void removeAll(const fs::path& path) {
  std::error_code failed;
  fs::remove_all(path, failed);
  if (failed) throw ioError(path, "remove", failed.value());
}

void sweep(const fs::path& folder) {
  std::vector<fs::path> left;
  std::error_code failed;
  for (fs::directory_iterator entry(folder.parent_path(), failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(markOf(folder)) && name.ends_with(".part")) left.push_back(entry->path());
  }
  for (const fs::path& path : left) removeAll(path);
}

}  // namespace

AtomicFolder::AtomicFolder(fs::path folder) : folder_(std::move(folder)) {
  makeFolders(folder_.parent_path());
  sweep(folder_);
  part_ = folder_.parent_path() / (markOf(folder_) + std::to_string(::getpid()) + ".part");
  std::error_code failed;
  fs::create_directory(part_, failed);
  if (failed) throw ioError(folder_, "make the folder", failed.value());
}

AtomicFolder::~AtomicFolder() {
  std::error_code ignored;
  if (!part_.empty()) fs::remove_all(part_, ignored);
}

void AtomicFolder::keep(const fs::path& name) {
  std::error_code failed;
  if (!fs::exists(folder_ / name, failed) || fs::exists(part_ / name, failed)) return;
  fs::copy(folder_ / name, part_ / name, fs::copy_options::recursive, failed);
  if (failed) throw ioError(folder_ / name, "copy", failed.value());
}

void AtomicFolder::commit() {
  if (::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, folder_.c_str(), RENAME_EXCHANGE) != 0) {
    // Nothing stands there, or a file system that cannot exchange: for a moment there is no folder then.
    const fs::path earlier = folder_.parent_path() / (markOf(folder_) + std::to_string(::getpid()) + ".earlier.part");
    const bool stood = ::rename(folder_.c_str(), earlier.c_str()) == 0;
    if (!stood && errno != ENOENT) throw ioError(folder_, "replace");
    if (::rename(part_.c_str(), folder_.c_str()) != 0) {
      const int code = errno;
      if (stood) ::rename(earlier.c_str(), folder_.c_str());
      throw ioError(folder_, "write", code);
    }
    part_ = stood ? earlier : fs::path();
  }
  std::error_code ignored;  // the next one sweeps
  if (!part_.empty()) fs::remove_all(std::exchange(part_, {}), ignored);
}

}  // namespace fer
