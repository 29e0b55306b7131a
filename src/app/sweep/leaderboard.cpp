#include "app/sweep/leaderboard.hpp"

#include <algorithm>
#include <array>

#include "app/sweep/trial_text.hpp"
#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

using State = Standing::State;
using Words = std::vector<std::string>;

std::string stateText(State state) {
  constexpr std::array kNames{"finished", "cut", "failed", "unfinished"};
  return kNames.at(static_cast<std::size_t>(state));
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
    if (hasPlace(standing)) {
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
    if (hasPlace(standing))
      row = {std::to_string(i + 1), trial.name, monitoredText(standing.scores, monitor),
             fixed(meanOf(standing.scores, other), kDigits), std::to_string(epochsOf(standing.scores))};
    for (const auto& [key, value] : trial.values) row.push_back(shownValue(value));
    row.push_back(stateText(standing.state) + (standing.error.empty() ? "" : ": " + standing.error));
    rows.push_back(row);
  }
  return table(rows);
}

}  // namespace fer::app
