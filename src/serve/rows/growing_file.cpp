#include "serve/rows/growing_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "fer/core/error.hpp"

namespace fer::serve {
namespace {

bool isRegular(int descriptor) {
  struct stat info {};
  return ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
}

}  // namespace

GrowingFile::GrowingFile(std::filesystem::path path, std::uint64_t kept) : path_(std::move(path)) {
  if (path_ == "-") {
    path_ = "standard output";
    descriptor_ = STDOUT_FILENO;
    return;
  }
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw ioError(path_, "write");
  if (!isRegular(descriptor_)) return;  // a pipe has nothing to cut
  if (::ftruncate(descriptor_, static_cast<off_t>(kept)) == 0 && ::lseek(descriptor_, 0, SEEK_END) >= 0) return;
  const int code = errno;
  ::close(descriptor_);
  throw ioError(path_, "write", code);
}

GrowingFile::~GrowingFile() {
  if (descriptor_ >= 0 && descriptor_ != STDOUT_FILENO) ::close(descriptor_);
}

void GrowingFile::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw ioError(path_, "write");
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  waiting_.clear();
}

}  // namespace fer::serve
