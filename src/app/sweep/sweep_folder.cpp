#include "app/sweep/sweep_folder.hpp"

#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"

namespace fer::app {

namespace fs = std::filesystem;

SweepFolder::SweepFolder(const fs::path& path)
    : path_(path),
      lock_(
          path / "lock",
          {path.string() + ": another fer-sweep, or a training that it began, is at work here. Wait for it or stop it.",
           /*handed_on=*/true}) {}

SweepFolder SweepFolder::create(const fs::path& wanted) {
  return SweepFolder(makeNumberedFolder(wanted));
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
