#include "fer/data/preprocess.hpp"

#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"

namespace fer::data {
namespace {

constexpr double kMostMargin = 2;
constexpr double kMostRescale = 1e6;

template <class Value>
void requireSameValue(const std::string& key, Value model, Value given, const std::string& origin) {
  if (model == given) return;
  const nlohmann::json needed = model;  // prints the shortest text that gives the number back
  throw dataError(origin + ": " + key + ": " + nlohmann::json(given).dump() + ", but the model was made with " +
                  needed.dump() + ". Set it to " + needed.dump() + ", or use a model that was made for such data.");
}

}  // namespace

void describe(Preprocess& options, KeyTable& table) {
  table.add("preprocess.margin", &options.margin,
            "share of a face's side that is cut out with it on every side, where faces are found in pictures",
            {0, kMostMargin});
  table.add("preprocess.rescale", &options.rescale, "grey levels 0..255 are multiplied by this",
            {0, kMostRescale, true});
}

nlohmann::json preprocessJson(const Preprocess& preprocess) {
  return {{"channels", preprocess.input.channels},
          {"height", preprocess.input.height},
          {"width", preprocess.input.width},
          {"margin", preprocess.margin},
          {"rescale", preprocess.rescale}};
}

Preprocess preprocessFrom(const JsonNode& node) {
  return {{node.at("channels").count<int>(), node.at("height").count<int>(), node.at("width").count<int>()},
          node.at("margin").number(0, kMostMargin),
          node.at("rescale").number()};
}

void requireSame(const ImageShape& model, const ImageShape& given, const std::string& origin) {
  requireSameValue("data.channels", model.channels, given.channels, origin);
  requireSameValue("data.height", model.height, given.height, origin);
  requireSameValue("data.width", model.width, given.width, origin);
}

void requireSame(const Preprocess& model, const Preprocess& given, const std::string& origin) {
  requireSame(model.input, given.input, origin);
  requireSameValue("preprocess.margin", model.margin, given.margin, origin);
  requireSameValue("preprocess.rescale", model.rescale, given.rescale, origin);
}

}  // namespace fer::data
