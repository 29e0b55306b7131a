#include "fer/core/files/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "fer/core/error.hpp"

namespace fer {

FileLock::FileLock(const std::filesystem::path& file) {
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw ioError(file, "open");
  while (::flock(descriptor_, LOCK_EX) != 0) {
    const int code = errno;
    if (code == EINTR) continue;
    ::close(descriptor_);
    throw ioError(file, "lock", code);
  }
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace fer
