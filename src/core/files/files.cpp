#include "fer/core/files/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>
#include <utility>
#include <vector>

namespace fer {
namespace {

/// Closes a descriptor that is only read from, where an error of close says nothing.
struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

void flushFolder(const std::filesystem::path& folder) {
  const Descriptor descriptor{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  // EINVAL: a file system that cannot flush folders; the rename stands all the same.
  if (descriptor.value < 0 || (::fsync(descriptor.value) != 0 && errno != EINVAL)) throw ioError(folder, "flush");
}

bool standsAsSomethingElse(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/// A part is named ".NAME.PROCESS.part".
constexpr std::string_view kPartSuffix = ".part";

std::string partPrefix(const std::filesystem::path& path) {
  return "." + path.filename().string() + ".";
}

bool isPart(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || !name.ends_with(kPartSuffix) || name.size() <= prefix.size() + kPartSuffix.size())
    return false;
  name.remove_prefix(prefix.size());
  name.remove_suffix(kPartSuffix.size());
  return name.find_first_not_of("0123456789") == std::string_view::npos;
}

std::filesystem::path ownPart(const std::filesystem::path& path) {
  return path.parent_path() / (partPrefix(path) + std::to_string(::getpid()).append(kPartSuffix));
}

void requireNoFolder(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw ioError(path, "write", EISDIR);
}

}  // namespace

void removeParts(const std::filesystem::path& path) {
  const std::string prefix = partPrefix(path);
  std::vector<std::filesystem::path> parts;
  std::error_code failed;
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed))
    if (isPart(entry->path().filename().string(), prefix)) parts.push_back(entry->path());
  for (const std::filesystem::path& part : parts) std::filesystem::remove(part, failed);
}

void requireFreeSpace(const std::filesystem::path& folder, std::uintmax_t bytes, const std::string& remedy) {
  std::error_code failed;
  const std::filesystem::space_info space = std::filesystem::space(folder, failed);
  if (failed || space.available >= bytes) return;  // where the system cannot say, writing will tell
  constexpr std::uintmax_t kMega = 1'000'000;
  throw Error(Fault::kOther, folder.string() + ": " + std::to_string((bytes + kMega - 1) / kMega) +
                                 " MB are needed there, " + std::to_string(space.available / kMega) + " MB are free. " +
                                 remedy);
}

std::string readFile(const std::filesystem::path& path, Fault fault, std::size_t limit) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.value < 0) throw ioError(path, "open", errno, fault);
  std::string content;
  char block[1 << 16];
  for (;;) {
    const ssize_t count = ::read(file.value, block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw ioError(path, "read", errno, fault);
    if (count == 0) return content;
    if (content.size() + static_cast<std::size_t>(count) > limit)
      throw Error(fault,
                  path.string() + ": larger than the " + std::to_string(limit) + " bytes that such a file may have");
    content.append(block, static_cast<std::size_t>(count));
  }
}

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
  const bool direct = standsAsSomethingElse(path_);
  if (!direct) part_ = ownPart(path_);
  const std::filesystem::path& target = direct ? path_ : part_;
  requireNoFolder(path_);
  descriptor_ = ::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw ioError(path_, "write", errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

void AtomicFile::write(const void* bytes, std::size_t count) {
  const char* next = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = ::write(descriptor_, next, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw ioError(path_, "write");
    next += written;
    count -= static_cast<std::size_t>(written);
  }
}

void AtomicFile::commit() {
  if (!part_.empty() && ::fsync(descriptor_) != 0) throw ioError(path_, "flush");
  const int closed = ::close(std::exchange(descriptor_, -1));
  const int code = errno;
  if (!part_.empty() && (closed != 0 || ::rename(part_.c_str(), path_.c_str()) != 0)) {
    const int reason = closed != 0 ? code : errno;
    ::unlink(part_.c_str());
    throw ioError(path_, "write", reason);
  }
  if (closed != 0) throw ioError(path_, "write", code);
  if (!part_.empty()) flushFolder(path_.parent_path());
}

AtomicPlace::AtomicPlace(std::filesystem::path path) : path_(std::move(path)), part_(ownPart(path_)) {
  requireNoFolder(path_);
}

AtomicPlace::~AtomicPlace() {
  if (!part_.empty()) ::unlink(part_.c_str());
}

void AtomicPlace::commit() {
  {
    const Descriptor file{::open(part_.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.value < 0 || ::fsync(file.value) != 0) throw ioError(path_, "flush");
  }
  if (::rename(part_.c_str(), path_.c_str()) != 0) throw ioError(path_, "write");
  part_.clear();
  flushFolder(path_.parent_path());
}

void writeFile(const std::filesystem::path& path, std::string_view content) {
  AtomicFile file(path);
  file.write(content);
  file.commit();
}

}  // namespace fer
