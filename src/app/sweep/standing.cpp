#include "app/sweep/standing.hpp"

#include <algorithm>
#include <cmath>

namespace fer::app {
namespace {

using State = Standing::State;

int groupOf(State state) {
  if (state == State::kFailed) return 2;
  return state == State::kUnfinished ? 1 : 0;
}

bool isBetter(double one, double other, const std::string& monitor) {
  return monitor == "val_loss" ? one < other : one > other;
}

bool standsAbove(const Standing& one, const Standing& other, const std::string& monitor) {
  if (groupOf(one.state) != groupOf(other.state)) return groupOf(one.state) < groupOf(other.state);
  for (const std::string& name : {monitor, otherThan(monitor)}) {
    if (!hasPlace(one)) break;
    const double a = meanOf(one.scores, name);
    const double b = meanOf(other.scores, name);
    if (a != b) return isBetter(a, b, name);
  }
  return one.trial < other.trial;
}

}  // namespace

double valueOf(const Score& score, const std::string& name) {
  return name == "val_loss" ? score.loss : score.accuracy;
}

std::string otherThan(const std::string& monitor) {
  return monitor == "val_loss" ? "val_accuracy" : "val_loss";
}

std::optional<Score> scoreOf(const report::History& history, int epochs, const std::string& monitor) {
  std::optional<Score> best;
  const std::size_t count = std::min(history.epochs.size(), static_cast<std::size_t>(epochs));
  for (std::size_t i = 0; i < count; ++i) {
    const Score score{history.loss.validation[i], history.accuracy.validation[i], static_cast<int>(count)};
    const double value = valueOf(score, monitor);
    if (!std::isfinite(value)) continue;
    if (!best || isBetter(value, valueOf(*best, monitor), monitor)) best = score;
  }
  return best;
}

double meanOf(const std::vector<Score>& scores, const std::string& name) {
  double sum = 0;
  for (const Score& score : scores) sum += valueOf(score, name);
  return sum / static_cast<double>(scores.size());
}

bool hasPlace(const Standing& standing) {
  return standing.state == State::kFinished || standing.state == State::kCut;
}

std::vector<Standing> ranked(std::vector<Standing> standings, const std::string& monitor) {
  std::sort(standings.begin(), standings.end(),
            [&](const Standing& a, const Standing& b) { return standsAbove(a, b, monitor); });
  return standings;
}

}  // namespace fer::app
