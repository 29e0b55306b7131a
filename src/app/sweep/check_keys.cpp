#include <initializer_list>
#include <set>

#include "app/sweep/trials.hpp"
#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"

namespace fer::app {
namespace {

using nlohmann::json;

void checkValue(const KeyTable& table, const std::string& key, const json& value, const std::string& origin) {
  applyConfig(table, json{{key, value}}, origin);
}

/// Paths of what a config sets, whether its groups are objects or stand in the names of keys: "train.epochs".
std::set<std::string> pathsOf(const json& config, const std::string& above = "") {
  std::set<std::string> paths;
  for (const auto& [name, value] : config.items()) {
    if (value.is_object())
      paths.merge(pathsOf(value, above + name + "."));
    else
      paths.insert(above + name);
  }
  return paths;
}

/// What of a sweep's file decides a key beside "grid" and "random"; empty: nothing does.
std::string setterOf(const SweepFile& sweep, const std::string& key) {
  if (key == "train.seed" && !sweep.seeds.empty()) return "seeds";
  if (key == "train.epochs" && sweep.halving) return "halving";
  return "";
}

void refuseTwice(const std::string& key, const std::string& setter, const std::string& origin) {
  if (!setter.empty())
    throw usageError(origin + ": " + key + ": \"" + setter + "\" sets it, too. Leave one of them out.");
}

/// Groups of keys are no keys here: a run's values stand on a command line.
void checkKey(const SweepFile& sweep, const KeyTable& table, const std::string& key, const std::string& origin) {
  if (table.find(key) == nullptr) throw usageError(origin + ": " + key + ": unknown key; " + table.suggestion(key));
  refuseTwice(key, pathsOf(sweep.set).contains(key) ? "set" : setterOf(sweep, key), origin);
}

void checkSet(const SweepFile& sweep, const KeyTable& table, const std::string& origin) {
  applyConfig(table, sweep.set, origin);
  for (const std::string& path : pathsOf(sweep.set)) refuseTwice(path, setterOf(sweep, path), origin);
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
