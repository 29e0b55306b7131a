#include <initializer_list>

#include "app/sweep/plan.hpp"
#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"

namespace fer::app {
namespace {

using nlohmann::json;

void checkValue(const KeyTable& table, const std::string& key, const json& value, const std::string& origin) {
  applyConfig(table, json{{key, value}}, origin);
}

void refuseDouble(const SweepFile& sweep, const std::string& key, const std::string& origin) {
  if (key == "train.seed" && !sweep.seeds.empty())
    throw usageError(origin + ": train.seed: \"seeds\" sets it. Leave one of them out.");
  if (key == "train.epochs" && sweep.halving)
    throw usageError(origin + ": train.epochs: \"halving\" sets it. Leave one of them out.");
}

/// Groups of keys are no keys here: a run's values stand on a command line.
void checkKey(const SweepFile& sweep, const KeyTable& table, const std::string& key, const std::string& origin) {
  if (table.find(key) == nullptr) throw usageError(origin + ": " + key + ": unknown key; " + table.suggestion(key));
  if (sweep.set.contains(key)) throw usageError(origin + ": " + key + ": \"set\" sets it. Leave one of them out.");
  refuseDouble(sweep, key, origin);
}

void checkSet(const SweepFile& sweep, const KeyTable& table, const std::string& origin) {
  applyConfig(table, sweep.set, origin);
  for (const std::string name : {"seed", "epochs"}) {
    const auto train = sweep.set.find("train");
    if (sweep.set.contains("train." + name) || (train != sweep.set.end() && train->contains(name)))
      refuseDouble(sweep, "train." + name, origin);
  }
}

}  // namespace

void checkKeys(const SweepFile& sweep, const KeyTable& table, const std::string& origin) {
  checkSet(sweep, table, origin + ": set");
  for (const auto& [key, values] : sweep.grid) {
    checkKey(sweep, table, key, origin + ": grid");
    for (const json& value : values) checkValue(table, key, value, origin + ": grid");
  }
  for (const auto& [key, drawn] : sweep.random) {
    checkKey(sweep, table, key, origin + ": random");
    for (const json& value : drawn.choices) checkValue(table, key, value, origin + ": random");
    if (drawn.kind == Drawn::Kind::kChoice) continue;
    const bool whole = drawn.kind == Drawn::Kind::kInt;
    for (const double end : {drawn.low, drawn.high})
      checkValue(table, key, whole ? drawnNumber(drawn.kind, end) : json(end), origin + ": random");
  }
}

}  // namespace fer::app
