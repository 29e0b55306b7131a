#include <algorithm>
#include <ctime>
#include <iterator>
#include <system_error>

#include "app/evaluate/pieces.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/eval/test_reads.hpp"
#include "fer/report/evaluation/mistakes.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "fer/report/evaluation/robustness_json.hpp"
#include "fer/report/evaluation/write_evaluation.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

/// What is made anew by every evaluation.
bool isReplaced(const std::string& name) {
  constexpr const char* kNames[] = {"predictions.csv", "confusion_matrix.svg", "confusion_matrix_normalized.svg",
                                    "report.md",       "evaluation.json",      "mistakes.png",
                                    "other_labels"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames) ||
         name.starts_with("events.out.tfevents.") || name.ends_with(".part");
}

/// What a person put there stays. What an earlier evaluation made on demand stays where it predicted the same: of other
/// predictions it would be taken for this one's.
void keepEarlier(const metrics::Evaluation& evaluation, const fs::path& folder, AtomicFolder& results) {
  std::error_code failed;
  const fs::path predictions = folder / "predictions.csv";
  const bool same =
      fs::exists(predictions, failed) && readFile(predictions, Fault::kOther) == report::predictionsCsv(evaluation);
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    const bool on_demand = name == "robustness.json" || name == "explain";
    if (!isReplaced(name) && (!on_demand || same)) results.keep(name);
  }
}

void writeMistakes(const metrics::Evaluation& evaluation, const EvalData& data, const fs::path& file) {
  const std::vector<std::uint32_t>& rows = data.rows(evaluation.split);
  std::vector<std::span<const std::uint8_t>> images;
  for (const std::size_t place : report::surestMistakes(evaluation)) images.push_back(data.dataset.pixels(rows[place]));
  if (images.empty() || !report::picturesBuilt()) return;
  writeFile(file, report::imageTiles(data.dataset.shape(), images, report::kMistakesARow));
}

}  // namespace

std::unique_ptr<FileLock> lockResults(const Candidate& candidate) {
  makeFolders(candidate.folder / "eval");
  return std::make_unique<FileLock>(candidate.folder / "eval" / ".lock");
}

int countTestRead(const EvalRequest& request, const Candidate& candidate) {
  eval::TestRead read{utcNow(), request.checkpoint, request.how()};
  makeFolders(candidate.folder);
  const int count = eval::noteTestRead(candidate.folder / "test_reads.json", read);
  if (!candidate.ensemble) return count;
  read.how = "in the ensemble " + candidate.folder.filename().string();
  for (const TrainedNetwork& network : candidate.networks) eval::noteTestRead(network.run->testReads(), read);
  return count;
}

metrics::Summary writeResults(const metrics::Evaluation& evaluation,
                              const std::optional<metrics::Robustness>& robustness, const fs::path& folder,
                              AtomicFolder& results, const Candidate& candidate, const EvalData& data) {
  if (candidate.ensemble) writeFile(candidate.folder / "ensemble.json", predict::ensembleJson(*candidate.ensemble));
  writeMistakes(evaluation, data, results.part() / "mistakes.png");
  if (robustness) writeFile(results.part() / "robustness.json", report::robustnessJson(*robustness));
  keepEarlier(evaluation, folder, results);
  return report::writeEvaluation(evaluation, results.part());
}

}  // namespace fer::app
