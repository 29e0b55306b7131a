#include "fer/core/run/directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"

namespace fer {
namespace fs = std::filesystem;

namespace {

constexpr const char* kCheckpoints[] = {"best", "last", "final"};

fs::path withoutTrailingSlash(const fs::path& path) {
  const fs::path whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

RunDirectory::RunDirectory(fs::path path) : path_(std::move(path)) {}

RunDirectory RunDirectory::create(const fs::path& wanted) {
  const fs::path base = withoutTrailingSlash(wanted);
  std::error_code failed;
  fs::create_directories(base.parent_path(), failed);
  if (failed) throw ioError(base.parent_path(), "make the folder", failed.value());
  fs::path folder = base;
  for (int number = 2; !fs::create_directory(folder, failed); ++number) {
    // create_directory says false without an error where a folder stands; EEXIST where a file does.
    if (failed && failed != std::errc::file_exists) throw ioError(folder, "make the folder", failed.value());
    folder = base.string() + "-" + std::to_string(number);
  }
  fs::create_directory(folder / "checkpoints", failed);
  if (failed) throw ioError(folder / "checkpoints", "make the folder", failed.value());
  return RunDirectory(folder);
}

RunDirectory RunDirectory::open(const fs::path& folder) {
  const RunDirectory run(withoutTrailingSlash(folder));
  std::error_code ignored;
  if (!fs::is_directory(run.path_, ignored))
    throw usageError(folder.string() +
                     ": no such run. A run is a folder that fer-train made, such as experiments/vgg_block.");
  if (!fs::exists(run.config(), ignored))
    throw usageError(folder.string() + ": not a run: it holds no config.json. Name a folder that fer-train made.");
  return run;
}

fs::path RunDirectory::checkpoint(const std::string& which) const {
  return checkpoints() / (which + ".safetensors");
}

bool hasBegun(const RunDirectory& run) {
  std::error_code ignored;
  if (fs::exists(run.metrics(), ignored)) return true;
  return std::any_of(std::begin(kCheckpoints), std::end(kCheckpoints),
                     [&](const char* which) { return fs::exists(run.checkpoint(which), ignored); });
}

NewRun::~NewRun() {
  std::error_code ignored;
  if (!hasBegun(run_)) fs::remove_all(run_.path(), ignored);
}

void sweep(const RunDirectory& run) {
  for (const char* which : kCheckpoints) removeParts(run.checkpoint(which));
  for (const fs::path& file :
       {run.config(), run.environment(), run.metrics(), run.timing(), run.curves(), run.samples(), run.page()})
    removeParts(file);
}

RunLock::RunLock(const RunDirectory& run) {
  const fs::path path = run.path() / "lock";
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw ioError(path, "open");
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int code = errno;
    ::close(descriptor_);
    if (code == EWOULDBLOCK)
      throw Error(Fault::kOther,
                  run.path().string() + ": another process is training this run. Wait for it or stop it.");
    throw ioError(path, "lock", code);
  }
}

RunLock::~RunLock() {
  ::close(descriptor_);
}

}  // namespace fer
