#include "fer/report/comparison/run_result.hpp"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "fer/report/evaluation/json.hpp"
#include "fer/report/evaluation/robustness_json.hpp"
#include "report/comparison/flat_json.hpp"

namespace fer::report {
namespace {

using std::filesystem::path;

/// What stands at a path. Throws where it cannot be told, as in a folder that may not be entered.
std::filesystem::file_type kindOf(const path& place) {
  std::error_code code;
  const std::filesystem::file_type kind = std::filesystem::status(place, code).type();
  if (kind == std::filesystem::file_type::none) throw ioError(place, "look at", code.value(), Fault::kData);
  return kind;
}

bool stands(const path& place) {
  return kindOf(place) != std::filesystem::file_type::not_found;
}

std::string bytesIfThere(const path& file) {
  return stands(file) ? readFile(file, Fault::kData) : "";
}

std::vector<PictureFile> picturesIn(const path& folder) {
  std::vector<PictureFile> found;
  if (kindOf(folder) != std::filesystem::file_type::directory) return found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".png")
      found.push_back({entry.path().stem().string(), readFile(entry.path(), Fault::kData)});
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return found;
}

/// Throws where predictions.csv tells of other predictions than evaluation.json counts.
void expectToFit(const Evaluated& evaluated, const path& folder) {
  const metrics::Summary& summary = evaluated.summary;
  const Predictions& rows = evaluated.predictions;
  if (rows.classes != summary.classes ||
      metrics::ConfusionMatrix(rows.classes.size(), rows.labels, rows.predicted) != summary.all.confusion)
    throw dataError((folder / "predictions.csv").string() +
                    ": is of another evaluation than evaluation.json beside it. Evaluate the run again with fer-eval.");
}

/// Throws where the rows judged by a second set of labels cannot be among those of the evaluation.
metrics::Summary readOtherLabels(const path& folder, const metrics::Summary& own) {
  const path file = folder / "evaluation.json";
  metrics::Summary other = readEvaluationJson(file);
  if (other.classes != own.classes || other.all.scores.rows > own.all.scores.rows)
    throw dataError(file.string() +
                    ": is of another evaluation than the one it stands in. Evaluate the run again with fer-eval.");
  return other;
}

Evaluated readEvaluated(const path& folder) {
  Evaluated found;
  found.folder = folder.filename().string();
  found.summary = readEvaluationJson(folder / "evaluation.json");
  const path predictions = folder / "predictions.csv";
  found.predictions = parsePredictionsCsv(readFile(predictions, Fault::kData), predictions.string());
  expectToFit(found, folder);
  const path robustness = folder / "robustness.json";
  if (stands(robustness))
    found.robustness = parseRobustnessJson(readFile(robustness, Fault::kData), robustness.string());
  if (const path other = folder / "other_labels"; stands(other / "evaluation.json"))
    found.other_labels = readOtherLabels(other, found.summary);
  found.mistakes_png = bytesIfThere(folder / "mistakes.png");
  found.explained = picturesIn(folder / "explain");
  return found;
}

int testReads(const path& file) {
  if (!stands(file)) return 0;
  const nlohmann::json root = parseJson(readFile(file, Fault::kData), file.string(), Fault::kData);
  const JsonNode node(root, file.string(), "The file is damaged: move it away, and its count is forgotten.");
  return static_cast<int>(node.at("reads").list().size());
}

FlatJson flatIfThere(const path& file) {
  return stands(file) ? flatJson(readFile(file, Fault::kData), file.string()) : FlatJson{};
}

}  // namespace

std::optional<RunResult> readRunResult(const path& folder, const std::string& split) {
  const std::filesystem::file_type kind = kindOf(folder);
  if (kind == std::filesystem::file_type::not_found) throw ioError(folder, "open", ENOENT, Fault::kData);
  if (kind != std::filesystem::file_type::directory) return std::nullopt;
  RunResult run;
  run.folder = folder;
  for (const char* variant : {"", "-flip", "-tencrop"})
    if (const path evaluation = folder / "eval" / (split + variant); stands(evaluation / "evaluation.json"))
      run.evaluations.push_back(readEvaluated(evaluation));
  if (run.evaluations.empty() && !stands(folder / "config.json") && !stands(folder / "ensemble.json"))
    return std::nullopt;
  if (const path metrics = folder / "metrics.csv"; stands(metrics))
    run.history = parseMetricsCsv(readFile(metrics, Fault::kData), metrics.string());
  run.config = flatIfThere(folder / "config.json");
  run.environment = flatIfThere(folder / "environment.json");
  if (const auto segments = run.environment.find("segments");
      segments != run.environment.end())  // too long for a table
    segments->second =
        std::to_string(nlohmann::json::parse(segments->second, nullptr, false).size()) + ", see environment.json";
  run.test_reads = testReads(folder / "test_reads.json");
  return run;
}

std::optional<RunResult> readRunOrDamage(const path& folder, const std::string& split) {
  RunResult damaged;
  damaged.folder = folder;
  try {
    return readRunResult(folder, split);
  } catch (const Error& error) {
    std::error_code ignored;
    if (std::filesystem::status(folder, ignored).type() == std::filesystem::file_type::not_found) throw;
    damaged.damage = error.what();
  } catch (const std::filesystem::filesystem_error& error) {
    damaged.damage = folder.string() + ": cannot be read: " + error.code().message();
  }
  return damaged;
}

}  // namespace fer::report
