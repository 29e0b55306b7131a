#include "app/sweep/run_folder.hpp"

#include <limits>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/run/directory.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

report::History historyOf(const RunDirectory& run) {
  return report::parseMetricsCsv(readFile(run.metrics(), Fault::kData), run.metrics().string());
}

}  // namespace

bool hasReached(const fs::path& folder, std::optional<int> until) {
  std::error_code ignored;
  if (!fs::exists(folder / "config.json", ignored)) return false;
  const RunDirectory run = RunDirectory::open(folder);
  if (!fs::exists(run.metrics(), ignored)) return false;
  if (fs::exists(run.checkpoint("final"), ignored)) return true;
  try {
    return until && historyOf(run).epochs.size() >= static_cast<std::size_t>(*until);
  } catch (const Error&) {  // a resume writes it anew
    return false;
  }
}

bool canResume(const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(folder / "config.json", failed)) return true;
  fs::remove_all(folder, failed);
  if (failed) throw ioError(folder, "remove", failed.value());
  return false;
}

Score scoreOfRun(const fs::path& folder, std::optional<int> until, const std::string& monitor) {
  const RunDirectory run = RunDirectory::open(folder);
  const auto score = scoreOf(historyOf(run), until.value_or(std::numeric_limits<int>::max()), monitor);
  if (!score) throw dataError(run.metrics().string() + ": holds no finite " + monitor);
  return *score;
}

}  // namespace fer::app
