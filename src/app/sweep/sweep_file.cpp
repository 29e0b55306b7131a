#include "app/sweep/sweep_file.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "fer/core/error.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/core/text/json.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

using nlohmann::json;

constexpr int kMostRuns = 10000;
constexpr int kMostEpochs = 1000000;
constexpr double kLargestInt = 2147483647;

/// A value of the file with the path that leads to it, for messages: "sweep.json: random.runs".
struct Place {
  const json& value;
  std::string path;

  Error wrong(const std::string& expected) const {
    return usageError(path + ": expected " + expected + ", found " + shownJson(value));
  }
  Place at(const std::string& name, const std::string& separator = ".") const {
    return {value.at(name), path + separator + name};
  }
  /// Only these names may be in it.
  void holdsOnly(const std::vector<std::string>& names, const std::string& separator = ".") const {
    if (!value.is_object()) throw wrong("an object");
    for (const auto& [name, ignored] : value.items())
      if (std::find(names.begin(), names.end(), name) == names.end())
        throw usageError(path + separator + name + ": unknown key (keys: " + joined(names) + ")");
  }
  void holds(const std::string& name) const {
    if (!value.contains(name)) throw usageError(path + "." + name + ": it is missing");
  }
  std::int64_t whole(std::int64_t least, std::int64_t most) const {
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most)) &&
                      value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
    if (!fits) throw wrong("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return value.get<std::int64_t>();
  }
  std::uint32_t seed() const { return static_cast<std::uint32_t>(whole(0, std::numeric_limits<std::uint32_t>::max())); }
  std::vector<json> different(const std::string& expected) const {
    if (!value.is_array() || value.empty()) throw wrong(expected);
    std::set<json> seen;
    for (const json& item : value)
      if (!seen.insert(item).second) throw usageError(path + ": " + shownJson(item) + " stands in it twice");
    return value.get<std::vector<json>>();
  }
};

Drawn readRange(const Place& range, Drawn::Kind kind) {
  const json& ends = range.value;
  const bool whole = kind == Drawn::Kind::kInt;
  const std::string expected = whole ? "two whole numbers, the lower first" : "two numbers, the lower first";
  const auto fits = [&](const json& end) {
    return whole ? end.is_number_integer() && std::abs(end.get<double>()) <= kLargestInt
                 : end.is_number() && std::isfinite(end.get<double>());
  };
  if (!ends.is_array() || ends.size() != 2 || !fits(ends[0]) || !fits(ends[1]) || !(ends[0] < ends[1]))
    throw range.wrong(expected);
  if (kind == Drawn::Kind::kLog && ends[0].get<double>() <= 0) throw range.wrong("two numbers above 0");
  return {kind, ends[0].get<double>(), ends[1].get<double>(), {}};
}

Drawn readDrawn(const Place& place) {
  using Kind = Drawn::Kind;
  const std::map<std::string, Kind> kinds{{"uniform", Kind::kUniform}, {"log", Kind::kLog}, {"int", Kind::kInt}};
  const std::string expected = R"({"uniform": [LOW, HIGH]}, {"log": ...}, {"int": ...} or {"choice": [...]})";
  if (!place.value.is_object() || place.value.size() != 1) throw place.wrong(expected);
  const std::string name = place.value.begin().key();
  if (name == "choice") return {Kind::kChoice, 0, 0, place.at(name).different("a list of values")};
  const auto kind = kinds.find(name);
  if (kind == kinds.end()) throw place.wrong(expected);
  return readRange(place.at(name), kind->second);
}

void readRandom(const Place& random, SweepFile& sweep) {
  if (!random.value.is_object()) throw random.wrong("an object");
  random.holds("runs");
  sweep.random_runs = static_cast<int>(random.at("runs").whole(1, kMostRuns));
  if (random.value.contains("seed")) sweep.random_seed = random.at("seed").seed();
  for (const auto& [name, value] : random.value.items())
    if (name != "runs" && name != "seed") sweep.random.emplace(name, readDrawn({value, random.path + "." + name}));
  if (sweep.random.empty()) throw usageError(random.path + ": it names no key to draw");
}

void readGrid(const Place& grid, SweepFile& sweep) {
  if (!grid.value.is_object() || grid.value.empty()) throw grid.wrong("an object of keys with lists of values");
  std::size_t count = 1;
  for (const auto& [name, value] : grid.value.items()) {
    const auto& [key, values] =
        *sweep.grid.emplace(name, Place{value, grid.path + "." + name}.different("a list of values")).first;
    count *= values.size();
    if (count > kMostRuns)
      throw usageError(grid.path + ": more than " + std::to_string(kMostRuns) +
                       " combinations. Leave values out, or draw some with \"random\".");
  }
}

Halving readHalving(const Place& place) {
  place.holdsOnly({"factor", "first_epochs", "epochs"});
  place.holds("first_epochs");
  place.holds("epochs");
  Halving halving;
  constexpr int kMostKept = 1000;
  if (place.value.contains("factor")) halving.factor = static_cast<int>(place.at("factor").whole(2, kMostKept));
  halving.epochs = static_cast<int>(place.at("epochs").whole(1, kMostEpochs));
  halving.first_epochs = static_cast<int>(place.at("first_epochs").whole(1, halving.epochs));
  return halving;
}

std::string baseOf(const Place& file) {
  const json& root = file.value;
  if (!root.contains("base"))
    throw usageError(file.path + ": base: it is missing. Name the config that the runs begin from.");
  if (!root["base"].is_string() || root["base"] == "") throw file.at("base", ": ").wrong("the path of a config file");
  return root["base"].get<std::string>();
}

json setOf(const Place& set) {
  if (!set.value.is_object()) throw set.wrong("an object of keys");
  return set.value;
}

std::vector<std::uint32_t> seedsOf(const Place& place) {
  const std::vector<json> values = place.different("a list of seeds");
  std::vector<std::uint32_t> seeds;
  seeds.reserve(values.size());
  for (const json& value : values) seeds.push_back(Place{value, place.path}.seed());
  return seeds;
}

std::string monitorOf(const Place& place) {
  if (place.value != "val_loss" && place.value != "val_accuracy") throw place.wrong("val_loss or val_accuracy");
  return place.value.get<std::string>();
}

void requireSomethingToTry(const Place& file) {
  const auto has = [&](const std::string& name) { return file.value.contains(name); };
  if (has("grid") && has("random")) throw usageError(file.path + ": grid, random: give one of them");
  if (!has("grid") && !has("random") && !has("seeds"))
    throw usageError(file.path + ": nothing to try: give grid, random or seeds");
}

}  // namespace

SweepFile parseSweep(std::string_view text, const std::string& origin) {
  const json root = parseJson(text, origin);
  const Place file{root, origin};
  file.holdsOnly({"base", "set", "grid", "random", "seeds", "halving", "monitor"}, ": ");
  SweepFile sweep;
  sweep.base = baseOf(file);
  requireSomethingToTry(file);
  const auto has = [&](const std::string& name) { return root.contains(name); };
  const auto part = [&](const std::string& name) { return file.at(name, ": "); };
  if (has("set")) sweep.set = setOf(part("set"));
  if (has("grid")) readGrid(part("grid"), sweep);
  if (has("random")) readRandom(part("random"), sweep);
  if (has("seeds")) sweep.seeds = seedsOf(part("seeds"));
  if (has("halving")) sweep.halving = readHalving(part("halving"));
  if (has("monitor")) sweep.monitor = monitorOf(part("monitor"));
  return sweep;
}

}  // namespace fer::app
