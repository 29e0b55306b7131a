#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "evaluation_json_keys.hpp"
#include "fer/core/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files.hpp"
#include "fer/report/evaluation_json.hpp"

namespace fer::report {
namespace {

using nlohmann::json;

/// A value of the file with the path of its key, so that an error can name it.
class Node {
 public:
  Node(const json& value, std::string origin, std::string path = "")
      : value_(value), origin_(std::move(origin)), path_(std::move(path)) {}

  Node at(const std::string& key) const {
    if (!value_.is_object()) throw wrong("an object");
    const auto found = value_.find(key);
    const std::string path = path_.empty() ? key : path_ + "." + key;
    if (found == value_.end()) throw fault(path + ": missing");
    return {*found, origin_, path};
  }

  std::vector<Node> list() const {
    if (!value_.is_array()) throw wrong("a list");
    std::vector<Node> items;
    for (std::size_t i = 0; i < value_.size(); ++i)
      items.emplace_back(value_[i], origin_, path_ + "[" + std::to_string(i) + "]");
    return items;
  }

  std::string text() const {
    if (!value_.is_string()) throw wrong("a text");
    return value_.get<std::string>();
  }

  double number() const {
    if (!value_.is_number() || !(value_.get<double>() >= 0)) throw wrong("a number >= 0");
    return value_.get<double>();
  }

  /// A whole number from 0 to the type's largest.
  template <class Integer>
  Integer count() const {
    if (!value_.is_number_integer() || (!value_.is_number_unsigned() && value_.get<std::int64_t>() < 0) ||
        value_.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<Integer>::max()))
      throw wrong("a whole number from 0 to " + std::to_string(std::numeric_limits<Integer>::max()));
    return value_.get<Integer>();
  }

  const json& value() const { return value_; }

  Error fault(const std::string& message) const {
    return dataError(origin_ + ": " + message + ". The file is damaged: evaluate the run again with fer-eval.");
  }
  Error wrong(const std::string& expected) const {
    constexpr std::size_t kMostShown = 40;
    std::string found = value_.dump(-1, ' ', true, json::error_handler_t::replace);
    if (found.size() > kMostShown) found = found.substr(0, kMostShown) + "...";
    return fault((path_.empty() ? "" : path_ + ": ") + "expected " + expected + ", found " + found);
  }

 private:
  const json& value_;
  std::string origin_;
  std::string path_;
};

metrics::ConfusionMatrix confusionMatrix(const Node& node, std::size_t classes) {
  const auto listed = [&](const Node& list, const char* what) {
    std::vector<Node> items = list.list();
    if (items.size() != classes) throw list.wrong("a list of " + std::to_string(classes) + " " + what);
    return items;
  };
  std::vector<std::int64_t> counts;
  for (const Node& row : listed(node, "lists, one a class"))
    for (const Node& cell : listed(row, "counts"))
      counts.push_back(cell.count<std::int32_t>());  // 32 bits: their sums do not overflow
  return {classes, std::move(counts)};
}

/// Throws where the file lacks a key of `expected` or has another value there.
void expectSame(const Node& found, const nlohmann::ordered_json& expected) {
  constexpr double kRounding = 1e-9;
  if (expected.is_object()) {
    for (const auto& [key, value] : expected.items()) expectSame(found.at(key), value);
  } else if (expected.is_array()) {
    const std::vector<Node> items = found.list();
    if (items.size() != expected.size()) throw found.wrong("a list of " + std::to_string(expected.size()));
    for (std::size_t i = 0; i < items.size(); ++i) expectSame(items[i], expected[i]);
  } else if (expected.is_string() ? found.text() != expected.get<std::string>()
                                  : !(std::abs(found.number() - expected.get<double>()) <= kRounding)) {
    throw found.wrong(expected.dump() + ", which follows from the confusion matrix");
  }
}

metrics::ScoredRows scoredRows(const Node& node, const std::vector<std::string>& classes) {
  metrics::ScoredRows result = metrics::scored(confusionMatrix(node.at("confusion_matrix"), classes.size()));
  expectSame(node, scoredRowsJson(result, classes));
  return result;
}

metrics::Summary summaryOf(const Node& root) {
  metrics::Summary summary;
  summary.run = root.at("run").text();
  summary.model = root.at("model").text();
  summary.split = root.at("split").text();
  summary.protocol = root.at("protocol").text();
  summary.weights = root.at("weights").text();
  summary.epoch = root.at("epoch").count<int>();
  summary.data_path = root.at("data_path").text();
  summary.data_hash = root.at("data_hash").text();
  summary.parameters = root.at("parameters").count<std::int64_t>();
  summary.seconds = root.at("seconds").number();
  for (const Node& name : root.at("classes").list()) summary.classes.push_back(name.text());
  if (summary.classes.empty()) throw root.at("classes").wrong("at least one class");
  summary.all = scoredRows(root, summary.classes);
  summary.leak_free = scoredRows(root.at("leak_free"), summary.classes);
  return summary;
}

}  // namespace

metrics::Summary parseEvaluationJson(std::string_view text, const std::string& origin) {
  const json document = parseJson(text, origin, Fault::kData);
  const Node root(document, origin);
  const int schema = root.at("schema").count<int>();
  if (schema < 1) throw root.at("schema").wrong("a number from 1 on");
  if (schema > kEvaluationSchema)
    throw dataError(origin + ": schema " + std::to_string(schema) +
                    " was written by a newer fer; this one reads up to " + std::to_string(kEvaluationSchema) +
                    ". Update fer, or evaluate the run again with this one.");
  return summaryOf(root);
}

metrics::Summary readEvaluationJson(const std::filesystem::path& path) {
  constexpr std::size_t kMostBytes = std::size_t{64} << 20;
  return parseEvaluationJson(readFile(path, Fault::kData, kMostBytes), path.string());
}

}  // namespace fer::report
