#include <ctime>
#include <system_error>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/eval/test_reads.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "fer/report/evaluation/robustness_json.hpp"
#include "fer/report/evaluation/write_evaluation.hpp"
#include "fer/report/picture/mistakes.hpp"
#include "fer/report/picture/picture.hpp"
#include "fer_eval.hpp"

namespace fer::tools {
namespace {

namespace fs = std::filesystem;

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

void makeFolder(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) throw ioError(folder, "make the folder", code.value());
}

/// What an earlier evaluation left of other weights would be taken for this one's.
void removeOutdated(const metrics::Evaluation& evaluation, const fs::path& folder) {
  const fs::path predictions = folder / "predictions.csv";
  std::error_code ignored;
  if (fs::exists(predictions, ignored) && readFile(predictions, Fault::kOther) == report::predictionsCsv(evaluation))
    return;
  for (const char* name : {"robustness.json", "explain"}) {
    std::error_code code;
    fs::remove_all(folder / name, code);
    if (code) throw ioError(folder / name, "remove", code.value());
  }
}

void writeMistakes(const metrics::Evaluation& evaluation, const EvalData& data, const fs::path& file) {
  const std::vector<std::uint32_t>& rows = data.rows(evaluation.split);
  std::vector<std::span<const std::uint8_t>> images;
  for (const std::size_t place : report::surestMistakes(evaluation)) images.push_back(data.dataset.pixels(rows[place]));
  if (images.empty()) {
    fs::remove(file);
    return;
  }
  const data::ImageShape shape = data.dataset.shape();
  const report::Cell cell{static_cast<std::size_t>(shape.channels), static_cast<std::size_t>(shape.height),
                          static_cast<std::size_t>(shape.width)};
  writeFile(file, report::png(report::sheet(cell, images)));
}

}  // namespace

int countTestRead(const EvalRequest& request, const Candidate& candidate) {
  eval::TestRead read{utcNow(), request.weights, request.how()};
  if (!candidate.ensemble) return eval::noteTestRead(candidate.networks.front().run.testReads(), read);
  makeFolder(candidate.folder);
  const int count = eval::noteTestRead(candidate.folder / "test_reads.json", read);
  read.how = "in the ensemble " + candidate.folder.filename().string();
  for (const TrainedNetwork& network : candidate.networks) eval::noteTestRead(network.run.testReads(), read);
  return count;
}

metrics::Summary writeResults(const metrics::Evaluation& evaluation,
                              const std::optional<metrics::Robustness>& robustness, const fs::path& folder,
                              const Candidate& candidate, const EvalData& data) {
  makeFolder(folder);
  if (candidate.ensemble) writeFile(candidate.folder / "ensemble.json", predict::ensembleJson(*candidate.ensemble));
  removeOutdated(evaluation, folder);
  writeMistakes(evaluation, data, folder / "mistakes.png");
  if (robustness) writeFile(folder / "robustness.json", report::robustnessJson(*robustness));
  return report::writeEvaluation(evaluation, folder);
}

}  // namespace fer::tools
