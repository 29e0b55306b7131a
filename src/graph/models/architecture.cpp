#include "fer/graph/models/architecture.hpp"

namespace fer::graph {
namespace {

constexpr Bounds kWidth{0.1, 4};
constexpr Bounds kDepth{0.1, 4};
constexpr Bounds kShare{0, 1};
constexpr Bounds kDroppedShare{0, 0.95};
constexpr std::size_t kPrefix = sizeof("model.") - 1;

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

}  // namespace fer::graph
