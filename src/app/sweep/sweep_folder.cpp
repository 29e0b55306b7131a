#include "app/sweep/sweep_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "fer/core/error.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

fs::path wholePath(const fs::path& path) {
  const fs::path whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

/// Open files are handed on to children, and with them the lock.
int lockFile(const fs::path& folder) {
  const fs::path path = folder / "lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT, 0666);
  if (descriptor < 0) throw ioError(path, "open");
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  const int code = errno;
  ::close(descriptor);
  if (code != EWOULDBLOCK) throw ioError(path, "lock", code);
  throw Error(Fault::kOther, folder.string() + ": another fer-sweep, or a training that it began, is at work here. " +
                                 "Wait for it or stop it.");
}

}  // namespace

SweepFolder::SweepFolder(fs::path path) : path_(std::move(path)), lock_(lockFile(path_)) {}

SweepFolder::SweepFolder(SweepFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

SweepFolder::~SweepFolder() {
  if (lock_ >= 0) ::close(lock_);
}

SweepFolder SweepFolder::create(const fs::path& wanted) {
  const fs::path base = wholePath(wanted);
  std::error_code failed;
  fs::create_directories(base.parent_path(), failed);
  if (failed) throw ioError(base.parent_path(), "make the folder", failed.value());
  fs::path path = base;
  for (int number = 2; !fs::create_directory(path, failed); ++number) {
    if (failed && failed != std::errc::file_exists) throw ioError(path, "make the folder", failed.value());
    path = base.string() + "-" + std::to_string(number);
  }
  return SweepFolder(path);
}

SweepFolder SweepFolder::open(const fs::path& path) {
  const fs::path whole = wholePath(path);
  std::error_code ignored;
  for (const char* name : {"sweep.json", "base.json"})
    if (!fs::exists(whole / name, ignored))
      throw usageError(path.string() + ": no sweep's folder: it holds no " + name +
                       ". Name a folder that fer-sweep made, such as experiments/sweep.");
  return SweepFolder(whole);
}

}  // namespace fer::app
