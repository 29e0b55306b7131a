#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "fer/report/evaluation/json.hpp"
#include "report/evaluation/json_keys.hpp"

namespace fer::report {
namespace {

using nlohmann::json;

constexpr double kRounding = 1e-9;  ///< by which what follows from the confusion matrix may differ
constexpr double kMostBrier = 2;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

metrics::ConfusionMatrix confusionMatrix(const JsonNode& node, std::size_t classes) {
  const auto listed = [&](const JsonNode& list, const char* what) {
    std::vector<JsonNode> items = list.list();
    if (items.size() != classes) throw list.wrong("a list of " + std::to_string(classes) + " " + what);
    return items;
  };
  std::vector<std::int64_t> counts;
  for (const JsonNode& row : listed(node, "lists, one a class"))
    for (const JsonNode& cell : listed(row, "counts"))
      counts.push_back(cell.count<std::int32_t>());  // 32 bits: their sums do not overflow
  return {classes, std::move(counts)};
}

/// Throws where the file lacks a key of `expected` or has another value there.
void expectSame(const JsonNode& found, const nlohmann::ordered_json& expected) {
  if (expected.is_object()) {
    for (const auto& [key, value] : expected.items()) expectSame(found.at(key), value);
  } else if (expected.is_array()) {
    const std::vector<JsonNode> items = found.list();
    if (items.size() != expected.size()) throw found.wrong("a list of " + std::to_string(expected.size()));
    for (std::size_t i = 0; i < items.size(); ++i) expectSame(items[i], expected[i]);
  } else if (expected.is_string() ? found.text() != expected.get<std::string>()
                                  : !(std::abs(found.number(0, kInfinity) - expected.get<double>()) <= kRounding)) {
    throw found.wrong(expected.dump() + ", which follows from the confusion matrix");
  }
}

metrics::ScoredRows scoredRows(const JsonNode& node, const std::vector<std::string>& classes) {
  metrics::ScoredRows result = metrics::scored(confusionMatrix(node.at("confusion_matrix"), classes.size()));
  expectSame(node, scoredRowsJson(result, classes));
  return result;
}

/// A value that is null where there is none.
template <class Read>
auto optional(const JsonNode& node, const Read& read) -> std::optional<decltype(read(node))> {
  if (node.isNull()) return std::nullopt;
  return read(node);
}

metrics::Cost costOf(const JsonNode& node) {
  metrics::Cost cost;
  cost.gflop = node.at("gflop").number(0, kInfinity);
  cost.file_bytes = node.at("file_bytes").count<std::int64_t>();
  cost.ms_a_face = node.at("ms_a_face").number(0, kInfinity);
  cost.images_per_s = node.at("images_per_s").number(0, kInfinity);
  cost.processor = node.at("processor").text();
  cost.threads = node.at("threads").count<int>();
  if (cost.threads == 0) throw node.at("threads").wrong("a number from 1 on");
  return cost;
}

metrics::Calibration calibrationOf(const JsonNode& node) {
  metrics::Calibration calibration;
  calibration.temperature = node.at("temperature").number(0, kInfinity);
  if (calibration.temperature == 0) throw node.at("temperature").wrong("a number above 0");
  calibration.validation_rows = node.at("validation_rows").count<std::int64_t>();
  calibration.nll = node.at("nll").number(0, kInfinity);
  calibration.brier = node.at("brier").number(0, kMostBrier);
  calibration.ece = node.at("ece").number(0, 1);
  return calibration;
}

metrics::Ceiling ceilingOf(const JsonNode& node) {
  return {node.at("votes").number(0, 1), node.at("both").number(0, 1),
          node.at("validation_rows").count<std::int64_t>()};
}

std::vector<metrics::Member> membersOf(const JsonNode& node) {
  std::vector<metrics::Member> members;
  double sum = 0;
  for (const JsonNode& one : node.list()) {
    members.push_back({one.at("run").text(), one.at("weight").number(0, 1)});
    sum += members.back().weight;
  }
  constexpr double kNearOne = 1e-6;
  if (!members.empty() && std::abs(sum - 1) > kNearOne) throw node.wrong("weights that add up to 1");
  return members;
}

/// A score of one class against the rest: null where the class has no rows, or all.
double againstRest(const JsonNode& node, const metrics::Scores& scores, std::size_t index) {
  const std::int64_t support = scores.per_class[index].support;
  const bool undefined = support == 0 || support == scores.rows;
  if (undefined && !node.isNull()) throw node.wrong("null, since the class has no rows or all");
  return undefined ? std::numeric_limits<double>::quiet_NaN() : node.number(0, 1);
}

/// A score from -1 to 1 that follows from the confusion matrix.
double agreement(const JsonNode& node, double expected) {
  if (!(std::abs(node.number(-1, 1) - expected) <= kRounding))
    throw node.wrong(json(expected).dump() + ", which follows from the confusion matrix");
  return expected;
}

metrics::ProbabilityScores probabilityOf(const JsonNode& node, const metrics::Summary& summary) {
  metrics::ProbabilityScores scores;
  scores.top2 = node.at("top2").number(0, 1);
  scores.kappa = agreement(node.at("kappa"), metrics::cohenKappa(summary.all.confusion));
  scores.mcc = agreement(node.at("mcc"), metrics::matthews(summary.all.confusion));
  scores.nll = node.at("nll").number(0, kInfinity);
  scores.brier = node.at("brier").number(0, kMostBrier);
  scores.ece = node.at("ece").number(0, 1);
  scores.ece_equal_mass = node.at("ece_equal_mass").number(0, 1);
  const std::vector<JsonNode> classes = node.at("per_class").list();
  if (classes.size() != summary.classes.size())
    throw node.at("per_class").wrong("a list of " + std::to_string(summary.classes.size()));
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i].at("class").text() != summary.classes[i])
      throw classes[i].at("class").wrong("\"" + summary.classes[i] + "\"");
    scores.per_class.push_back({againstRest(classes[i].at("roc_auc"), summary.all.scores, i),
                                againstRest(classes[i].at("average_precision"), summary.all.scores, i)});
  }
  return scores;
}

std::array<metrics::Interval, metrics::kScores> intervalsOf(const JsonNode& node) {
  std::array<metrics::Interval, metrics::kScores> intervals;
  for (std::size_t i = 0; i < metrics::kScores; ++i) {
    const JsonNode one = node.at(kScoreKeys.at(i));
    const std::vector<JsonNode> ends = one.list();
    if (ends.size() != 2) throw one.wrong("a list of 2, low and high");
    intervals.at(i) = {ends[0].number(0, 1), ends[1].number(0, 1)};
    if (intervals.at(i).low > intervals.at(i).high) throw one.wrong("low before high");
  }
  return intervals;
}

metrics::Summary summaryOf(const JsonNode& root, int schema) {
  metrics::Summary summary;
  summary.run = root.at("run").text();
  summary.model = root.at("model").text();
  summary.split = root.at("split").text();
  summary.protocol = root.at("protocol").text();
  summary.checkpoint = root.at("weights").text();
  summary.epoch = root.at("epoch").count<int>();
  summary.data_path = root.at("data_path").text();
  summary.data_hash = root.at("data_hash").text();
  summary.parameters = root.at("parameters").count<std::int64_t>();
  summary.seconds = root.at("seconds").number(0, kInfinity);
  for (const JsonNode& name : root.at("classes").list()) summary.classes.push_back(name.text());
  if (summary.classes.empty()) throw root.at("classes").wrong("at least one class");
  summary.all = scoredRows(root, summary.classes);
  summary.leak_free = scoredRows(root.at("leak_free"), summary.classes);
  if (schema < 2) return summary;
  summary.tta = root.at("tta").oneOf({"none", "flip", "tencrop"});
  summary.members = membersOf(root.at("members"));
  summary.ensemble_weights = summary.members.empty() ? root.at("ensemble_weights").oneOf({""})
                                                     : root.at("ensemble_weights").oneOf({"equal", "validation"});
  if (root.has("engine")) {
    summary.engine = root.at("engine").text();
    summary.model_file = root.at("model_file").text();
  }
  if (root.has("label_set")) summary.label_set = root.at("label_set").text();
  summary.test_reads = root.at("test_reads").count<int>();
  summary.cost = optional(root.at("cost"), costOf);
  summary.calibration = optional(root.at("calibration"), calibrationOf);
  if (root.has("ceiling")) summary.ceiling = ceilingOf(root.at("ceiling"));
  summary.probability =
      optional(root.at("probability"), [&](const JsonNode& node) { return probabilityOf(node, summary); });
  summary.intervals = optional(root.at("intervals"), intervalsOf);
  if (root.has("parts"))
    for (const JsonNode& part : root.at("parts").list())
      summary.parts.push_back({part.at("usage").text(), scoredRows(part, summary.classes)});
  return summary;
}

}  // namespace

metrics::Summary parseEvaluationJson(std::string_view text, const std::string& origin) {
  const json document = parseJson(text, origin, Fault::kData);
  const JsonNode root(document, origin, "The file is damaged: evaluate the run again with fer-eval.");
  const int schema = root.schema(kEvaluationSchema);
  return summaryOf(root, schema);
}

metrics::Summary readEvaluationJson(const std::filesystem::path& path) {
  constexpr std::size_t kMostBytes = std::size_t{64} << 20;
  return parseEvaluationJson(readFile(path, Fault::kData, kMostBytes), path.string());
}

}  // namespace fer::report
