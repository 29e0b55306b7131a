#include "fer/core/run/directory.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/core/text/joined.hpp"

namespace fer {
namespace fs = std::filesystem;

namespace {

constexpr const char* kCheckpoints[] = {"best", "last", "final"};

}  // namespace

RunDirectory::RunDirectory(fs::path path) : path_(std::move(path)) {}

RunDirectory RunDirectory::create(const fs::path& wanted) {
  const fs::path folder = makeNumberedFolder(wanted);
  makeFolders(folder / "checkpoints");
  return RunDirectory(folder);
}

RunDirectory RunDirectory::open(const fs::path& folder) {
  const RunDirectory run(wholePath(folder));
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

std::string nameToShow(const fs::path& path) {
  if (path.empty()) return "";
  const fs::path whole = wholePath(path);
  const fs::path folder = whole.parent_path();
  if (folder.filename() != "checkpoints") return whole.filename().string();
  return (folder.parent_path().filename() / folder.filename() / whole.filename()).generic_string();
}

std::string namesToShow(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  names.reserve(paths.size());
  std::transform(paths.begin(), paths.end(), std::back_inserter(names), nameToShow);
  return joined(names);
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

RunLock::RunLock(const RunDirectory& run)
    : lock_(run.path() / "lock",
            {run.path().string() + ": another process is training this run. Wait for it or stop it."}) {}

}  // namespace fer
