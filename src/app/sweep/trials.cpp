#include "app/sweep/trials.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "fer/core/hash.hpp"
#include "fer/core/random.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

using nlohmann::json;
using Values = std::vector<std::pair<std::string, json>>;

std::vector<Values> gridOf(const SweepFile& sweep) {
  std::vector<Values> all{{}};
  for (const auto& [key, choices] : sweep.grid) {
    std::vector<Values> longer;
    for (const Values& values : all)
      for (const json& choice : choices) {
        longer.push_back(values);
        longer.back().emplace_back(key, choice);
      }
    all = std::move(longer);
  }
  return all;
}

/// 32 bits that stand for a key, whatever other keys there are.
std::uint32_t numberOf(const std::string& key) {
  constexpr std::size_t kDigits = 8;
  constexpr int kHexadecimal = 16;
  Sha256 hash;
  hash.add(key);
  const std::string digits = hash.hex().substr(0, kDigits);
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, kHexadecimal);
  return number;
}

json draw(const Drawn& drawn, RandomStream stream) {
  using Kind = Drawn::Kind;
  switch (drawn.kind) {
    case Kind::kChoice:
      return drawn.choices[stream.below(static_cast<std::uint32_t>(drawn.choices.size()))];
    case Kind::kInt:
      return drawnNumber(drawn.kind, drawn.low + stream.below(static_cast<std::uint32_t>(drawn.high - drawn.low) + 1));
    case Kind::kLog:
      return drawnNumber(drawn.kind, std::clamp(std::exp(stream.uniform(std::log(drawn.low), std::log(drawn.high))),
                                                drawn.low, drawn.high));
    case Kind::kUniform:
      break;
  }
  return drawnNumber(drawn.kind, stream.uniform(drawn.low, drawn.high));
}

/// Rounding does not lead out of the range.
json within(const Drawn& drawn, json value) {
  if (drawn.kind != Drawn::Kind::kUniform && drawn.kind != Drawn::Kind::kLog) return value;
  return std::clamp(value.get<double>(), drawn.low, drawn.high);
}

std::vector<Values> drawsOf(const SweepFile& sweep) {
  std::vector<Values> all;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(sweep.random_runs); ++i) {
    Values values;
    for (const auto& [key, drawn] : sweep.random) {
      const RandomStream stream(sweep.random_seed, Purpose::kSweep, 0, i, numberOf(key));
      values.emplace_back(key, within(drawn, draw(drawn, stream)));
    }
    all.push_back(std::move(values));
  }
  return all;
}

std::string numbered(std::size_t number, std::size_t last) {
  const std::string digits = std::to_string(number);
  return std::string(std::to_string(last).size() - digits.size(), '0') + digits;
}

}  // namespace

json drawnNumber(Drawn::Kind kind, double number) {
  if (kind == Drawn::Kind::kInt) return static_cast<std::int64_t>(number);
  constexpr int kDigits = 4;
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), number, std::chars_format::general, kDigits);
  std::from_chars(std::begin(text), end.ptr, number);
  return number;
}

std::vector<Trial> trialsOf(const SweepFile& sweep) {
  std::vector<Values> all = sweep.random_runs > 0 ? drawsOf(sweep) : gridOf(sweep);
  std::vector<Trial> trials;
  trials.reserve(all.size());
  for (Values& values : all) trials.push_back({numbered(trials.size() + 1, all.size()), std::move(values)});
  return trials;
}

std::vector<PlannedRun> runsOf(const SweepFile& sweep, const std::vector<Trial>& trials) {
  std::vector<PlannedRun> runs;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (sweep.seeds.empty()) runs.push_back({i, trials[i].name, std::nullopt});
    for (const std::uint32_t seed : sweep.seeds)
      runs.push_back({i, trials[i].name + "-seed" + std::to_string(seed), seed});
  }
  return runs;
}

std::vector<std::string> assignmentsOf(const Trial& trial, const PlannedRun& run) {
  std::vector<std::string> list;
  for (const auto& [key, value] : trial.values) list.push_back(key + "=" + value.dump());
  if (run.seed) list.push_back("train.seed=" + std::to_string(*run.seed));
  return list;
}

}  // namespace fer::app
