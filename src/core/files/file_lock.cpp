#include "fer/core/files/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "fer/core/error.hpp"

namespace fer {
namespace {

namespace fs = std::filesystem;

int openLockFile(const fs::path& file, int flags) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | flags, 0666);
  if (descriptor < 0) throw ioError(file, "open");
  return descriptor;
}

/// 0, or why it could not be locked.
int codeOfLocking(int descriptor, int operation) {
  while (::flock(descriptor, operation) != 0)
    if (errno != EINTR) return errno;
  return 0;
}

}  // namespace

FileLock::FileLock(const fs::path& file) : descriptor_(openLockFile(file, O_CLOEXEC)) {
  const int code = codeOfLocking(descriptor_, LOCK_EX);
  if (code == 0) return;
  ::close(descriptor_);
  throw ioError(file, "lock", code);
}

FileLock::FileLock(const fs::path& file, const AtOnce& at_once)
    : descriptor_(openLockFile(file, at_once.handed_on ? 0 : O_CLOEXEC)) {
  const int code = codeOfLocking(descriptor_, LOCK_EX | LOCK_NB);
  if (code == 0) return;
  ::close(descriptor_);
  if (code == EWOULDBLOCK) throw Error(Fault::kOther, at_once.busy);
  throw ioError(file, "lock", code);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace fer
