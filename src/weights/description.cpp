#include "fer/weights/description.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fer/core/config/config.hpp"
#include "fer/core/text/json.hpp"

namespace fer::weights {
namespace {

using nlohmann::json;

// 2 adds "prepare"; 3 moves "input" into "preprocess", which gains a margin; 4 adds "architecture". Exported models
// have "checkpoint", "scores" and "temperature" besides.
constexpr int kDescriptionSchema = 4;

json scoresJson(const std::vector<ReportedScores>& scores) {
  json list = json::array();
  for (const ReportedScores& one : scores)
    list.push_back({{"split", one.split},
                    {"protocol", one.protocol},
                    {"rows", one.rows},
                    {"accuracy", one.accuracy},
                    {"macro_f1", one.macro_f1}});
  return list;
}

graph::InputOptions prepareFrom(const JsonNode& node) {
  return {node.at("height").count<int>(), node.at("width").count<int>(), node.at("mean").numbers(),
          node.at("std").numbers()};
}

/// Under the keys of a config, without their group.
json architectureJson(graph::ArchitectureOptions options) {
  KeyTable table;
  graph::describe(options, table);
  return configJson(table).at("model");
}

graph::ArchitectureOptions architectureFrom(const JsonNode& node) {
  graph::ArchitectureOptions options;
  KeyTable table;
  graph::describe(options, table);
  for (const Key& key : table.keys()) {
    const JsonNode value = node.at(key.path.substr(key.path.find('.') + 1));
    const auto* const optional = std::get_if<std::optional<double>*>(&key.target);
    if (optional != nullptr && value.isNull()) continue;
    const double number = value.number(key.bounds.low, key.bounds.high);
    if (optional != nullptr)
      **optional = number;
    else
      *std::get<double*>(key.target) = number;
  }
  return options;
}

std::vector<ReportedScores> scoresFrom(const JsonNode& node) {
  std::vector<ReportedScores> scores;
  for (const JsonNode& one : node.list())
    scores.push_back({one.at("split").text(), one.at("protocol").text(), one.at("rows").count<std::int64_t>(),
                      one.at("accuracy").number(0, 1), one.at("macro_f1").number(0, 1)});
  return scores;
}

double temperatureFrom(const JsonNode& node) {
  const double temperature = node.number(0, std::numeric_limits<double>::infinity());
  if (temperature == 0) throw node.wrong("a number above 0");
  return temperature;
}

/// Of any schema.
data::Preprocess preprocessOf(const JsonNode& node, int schema) {
  if (schema >= 3) return data::preprocessFrom(node.at("preprocess"));
  const JsonNode input = node.at("input");
  return {.input = {input.at("channels").count<int>(), input.at("height").count<int>(), input.at("width").count<int>()},
          .rescale = node.at("preprocess").at("rescale").number()};
}

ModelDescription fromJson(const JsonNode& node, int schema) {
  ModelDescription description;
  description.spec.name = node.at("model").text();
  description.spec.classes = node.at("classes").texts();
  description.preprocess = preprocessOf(node, schema);
  description.spec.input = description.preprocess.input;
  if (schema >= 2) description.spec.prepare = prepareFrom(node.at("prepare"));
  if (schema >= 4) description.spec.architecture = architectureFrom(node.at("architecture"));
  description.run = node.at("run").text();
  description.data_hash = node.at("data_hash").text();
  description.epoch = node.at("epoch").count<int>();
  description.config = node.at("config").text();
  if (node.has("checkpoint")) description.checkpoint = node.at("checkpoint").oneOf({"best", "last", "final"});
  if (node.has("scores")) description.scores = scoresFrom(node.at("scores"));
  if (node.has("temperature")) description.temperature = temperatureFrom(node.at("temperature"));
  return description;
}

}  // namespace

std::string descriptionJson(const ModelDescription& description) {
  if (description.preprocess.input != description.spec.input)
    throw std::invalid_argument("descriptionJson: preprocess.input is not spec.input");
  const graph::InputOptions& prepare = description.spec.prepare;
  json text{
      {"schema", kDescriptionSchema},
      {"model", description.spec.name},
      {"classes", description.spec.classes},
      {"preprocess", data::preprocessJson(description.preprocess)},
      {"prepare", {{"height", prepare.height}, {"width", prepare.width}, {"mean", prepare.mean}, {"std", prepare.std}}},
      {"architecture", architectureJson(description.spec.architecture)},
      {"run", description.run},
      {"data_hash", description.data_hash},
      {"epoch", description.epoch},
      {"config", description.config}};
  if (!description.checkpoint.empty()) text["checkpoint"] = description.checkpoint;
  if (description.temperature != 1) text["temperature"] = description.temperature;
  if (!description.scores.empty()) text["scores"] = scoresJson(description.scores);
  return text.dump();
}

ModelDescription parseDescription(std::string_view text, const std::string& origin) {
  const std::string where = origin + " (description)";
  const json value = parseJson(text, where, Fault::kData);
  const JsonNode node(value, where, "The file is damaged: use another one.");
  return fromJson(node, node.schema(kDescriptionSchema));
}

}  // namespace fer::weights
