#include "app/sweep/leaderboard.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

using State = Standing::State;
using Words = std::vector<std::string>;

bool counts(const Standing& standing) {
  return standing.state == State::kFinished || standing.state == State::kCut;
}

std::string stateText(State state) {
  constexpr std::array kNames{"finished", "cut", "failed", "unfinished"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::string otherThan(const std::string& monitor) {
  return monitor == "val_loss" ? "val_accuracy" : "val_loss";
}

double valueOf(const Score& score, const std::string& name) {
  return name == "val_loss" ? score.loss : score.accuracy;
}

double meanOf(const std::vector<Score>& scores, const std::string& name) {
  double sum = 0;
  for (const Score& score : scores) sum += valueOf(score, name);
  return sum / static_cast<double>(scores.size());
}

struct Range {
  double low;
  double high;
};

Range rangeOf(const std::vector<Score>& scores, const std::string& name) {
  const auto [low, high] = std::minmax_element(scores.begin(), scores.end(), [&](const Score& a, const Score& b) {
    return valueOf(a, name) < valueOf(b, name);
  });
  return {valueOf(*low, name), valueOf(*high, name)};
}

int epochsOf(const std::vector<Score>& scores) {
  int most = 0;
  for (const Score& score : scores) most = std::max(most, score.epochs);
  return most;
}

Words keysOf(const std::vector<Trial>& trials) {
  Words keys;
  if (!trials.empty())
    for (const auto& [key, value] : trials.front().values) keys.push_back(key);
  return keys;
}

int order(State state) {
  if (state == State::kFailed) return 2;
  return state == State::kUnfinished ? 1 : 0;
}

/// Columns as wide as their widest words.
std::string table(const std::vector<Words>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Words& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const Words& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string monitoredText(const std::vector<Score>& scores, const std::string& monitor) {
  constexpr int kDigits = 4;
  const std::string mean = fixed(meanOf(scores, monitor), kDigits);
  if (scores.size() == 1) return mean;
  const Range range = rangeOf(scores, monitor);
  return mean + " (" + fixed(range.low, kDigits) + " to " + fixed(range.high, kDigits) + ")";
}

}  // namespace

std::optional<Score> scoreOf(const report::History& history, int epochs, const std::string& monitor) {
  std::optional<Score> best;
  const std::size_t count = std::min(history.epochs.size(), static_cast<std::size_t>(epochs));
  for (std::size_t i = 0; i < count; ++i) {
    const Score score{history.loss.validation[i], history.accuracy.validation[i], static_cast<int>(count)};
    const double value = valueOf(score, monitor);
    if (!std::isfinite(value)) continue;
    const double before = best ? valueOf(*best, monitor) : value;
    if (!best || (monitor == "val_loss" ? value < before : value > before)) best = score;
  }
  return best;
}

bool isBetter(const Standing& one, const Standing& other, const std::string& monitor) {
  if (order(one.state) != order(other.state)) return order(one.state) < order(other.state);
  if (counts(one)) {
    const double a = meanOf(one.scores, monitor);
    const double b = meanOf(other.scores, monitor);
    if (a != b) return monitor == "val_loss" ? a < b : a > b;
  }
  return one.trial < other.trial;
}

std::vector<Standing> ranked(std::vector<Standing> standings, const std::string& monitor) {
  std::sort(standings.begin(), standings.end(),
            [&](const Standing& a, const Standing& b) { return isBetter(a, b, monitor); });
  return standings;
}

std::string leaderboardCsv(const std::vector<Trial>& trials, const std::vector<Standing>& ranked,
                           const std::string& monitor) {
  const std::string other = otherThan(monitor);
  Words head{"rank", "trial", "state", monitor, monitor + "_min", monitor + "_max", other, "seeds", "epochs"};
  for (const std::string& key : keysOf(trials)) head.push_back(key);
  head.emplace_back("error");
  std::string text = csvLine(head);
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const Standing& standing = ranked[i];
    const Trial& trial = trials[standing.trial];
    Words row{"", trial.name, stateText(standing.state), "", "", "", "", "", ""};
    if (counts(standing)) {
      const Range range = rangeOf(standing.scores, monitor);
      row = {std::to_string(i + 1),
             trial.name,
             stateText(standing.state),
             shortest(meanOf(standing.scores, monitor)),
             shortest(range.low),
             shortest(range.high),
             shortest(meanOf(standing.scores, other)),
             std::to_string(standing.scores.size()),
             std::to_string(epochsOf(standing.scores))};
    }
    for (const auto& [key, value] : trial.values) row.push_back(shownValue(value));
    row.push_back(standing.error);
    text += csvLine(row);
  }
  return text;
}

std::string leaderboardText(const std::vector<Trial>& trials, const std::vector<Standing>& ranked,
                            const std::string& monitor) {
  constexpr int kDigits = 4;
  const std::string other = otherThan(monitor);
  std::vector<Words> rows{{"rank", "trial", monitor, other, "epochs"}};
  for (const std::string& name : shortNames(keysOf(trials))) rows[0].push_back(name);
  rows[0].emplace_back("state");
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const Standing& standing = ranked[i];
    const Trial& trial = trials[standing.trial];
    Words row{"-", trial.name, "-", "-", "-"};
    if (counts(standing))
      row = {std::to_string(i + 1), trial.name, monitoredText(standing.scores, monitor),
             fixed(meanOf(standing.scores, other), kDigits), std::to_string(epochsOf(standing.scores))};
    for (const auto& [key, value] : trial.values) row.push_back(shownValue(value));
    row.push_back(stateText(standing.state) + (standing.error.empty() ? "" : ": " + standing.error));
    rows.push_back(row);
  }
  return table(rows);
}

Words shortNames(const Words& keys) {
  const auto last = [](const std::string& key) { return key.substr(key.rfind('.') + 1); };
  Words names;
  for (const std::string& key : keys) {
    const auto alike = std::count_if(keys.begin(), keys.end(), [&](const auto& k) { return last(k) == last(key); });
    names.push_back(alike == 1 ? last(key) : key);
  }
  return names;
}

std::string shownValue(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace fer::app
