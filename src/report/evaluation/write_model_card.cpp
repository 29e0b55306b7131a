#include <algorithm>
#include <system_error>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/report/evaluation/json.hpp"
#include "fer/report/evaluation/model_card.hpp"

namespace fer::report {
namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored) ? readFile(file, Fault::kData) : "";
}

std::vector<metrics::Summary> evaluationsIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (fs::directory_iterator entry(folder, none), end; !none && entry != end; entry.increment(none)) {
    std::error_code ignored;
    if (entry->path().filename().string().starts_with('.')) continue;  // of a fer-eval that was killed
    if (fs::exists(entry->path() / "evaluation.json", ignored)) files.push_back(entry->path() / "evaluation.json");
  }
  std::sort(files.begin(), files.end());
  std::vector<metrics::Summary> evaluations;
  evaluations.reserve(files.size());
  for (const fs::path& file : files) {
    evaluations.push_back(readEvaluationJson(file));
    const fs::path other = file.parent_path() / "other_labels" / "evaluation.json";
    std::error_code ignored;
    if (fs::exists(other, ignored)) evaluations.push_back(readEvaluationJson(other));
  }
  return evaluations;
}

}  // namespace

void writeModelCard(const fs::path& folder, const std::string& config, double temperature) {
  const std::string name = wholePath(folder).filename().string();
  writeFile(folder / "model-card.md",
            modelCard({name, config.empty() ? textOf(folder / "config.json") : config,
                       textOf(folder / "environment.json"), evaluationsIn(folder / "eval"), temperature}));
}

}  // namespace fer::report
