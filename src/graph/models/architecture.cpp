#include "fer/graph/models/architecture.hpp"

#include "fer/core/text/json.hpp"

namespace fer::graph {
namespace {

constexpr Bounds kWidth{0.1, 4};
constexpr Bounds kDepth{0.1, 4};
constexpr Bounds kShare{0, 1};
constexpr Bounds kDroppedShare{0, 0.95};
constexpr std::size_t kPrefix = sizeof("model.") - 1;

double numberWithin(const JsonNode& node, const Bounds& bounds) {
  return node.number(bounds.low, bounds.high);
}

std::optional<double> optionalWithin(const JsonNode& node, const Bounds& bounds) {
  return node.isNull() ? std::nullopt : std::optional(numberWithin(node, bounds));
}

nlohmann::json optionalJson(const std::optional<double>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

}  // namespace

void describe(ArchitectureOptions& options, KeyTable& table) {
  table.add("model.width", &options.width, "factor of the channels, which become multiples of 8", kWidth);
  table.add("model.depth", &options.depth, "factor of the blocks of each stage, of which one stays", kDepth);
  table.add("model.dropout", &options.dropout, "share dropped before the last layer; null: the model's own",
            kDroppedShare);
  table.add("model.squeeze_excite", &options.squeeze_excite,
            "squeezed channels, a share of those that they gate; 0: none; null: the model's own", kShare);
  table.add("model.stochastic_depth", &options.stochastic_depth,
            "share of images that skip the last block in training; earlier blocks less", kDroppedShare);
}

std::vector<std::string> chosenOptions(ArchitectureOptions options) {
  ArchitectureOptions standard;
  KeyTable given;
  KeyTable usual;
  describe(options, given);
  describe(standard, usual);
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < given.keys().size(); ++i)
    if (valueText(given.keys()[i]) != valueText(usual.keys()[i]))
      chosen.push_back(given.keys()[i].path.substr(kPrefix));
  return chosen;
}

nlohmann::json architectureJson(const ArchitectureOptions& options) {
  return {{"width", options.width},
          {"depth", options.depth},
          {"dropout", optionalJson(options.dropout)},
          {"squeeze_excite", optionalJson(options.squeeze_excite)},
          {"stochastic_depth", options.stochastic_depth}};
}

ArchitectureOptions architectureFrom(const JsonNode& node) {
  return {numberWithin(node.at("width"), kWidth), numberWithin(node.at("depth"), kDepth),
          optionalWithin(node.at("dropout"), kDroppedShare), optionalWithin(node.at("squeeze_excite"), kShare),
          numberWithin(node.at("stochastic_depth"), kDroppedShare)};
}

}  // namespace fer::graph
