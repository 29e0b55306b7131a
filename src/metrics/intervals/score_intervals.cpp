#include "fer/metrics/intervals/score_intervals.hpp"

#include <algorithm>
#include <cstdint>

namespace fer::metrics {
namespace {

/// Wilson's where all of so many rows are right, or none.
Interval ofAlike(bool right, std::int64_t rows) {
  return wilson(right ? rows : 0, rows);
}

struct Classes {
  double with_rows = 0;
  std::int64_t rows_of_mean = 0;  ///< rows of one class that would tell their mean recall as well
};

Classes classesOf(const ConfusionMatrix& confusion) {
  Classes found;
  double inverse = 0;
  for (std::size_t label = 0; label < confusion.classes(); ++label) {
    if (confusion.labelled(label) == 0) continue;
    ++found.with_rows;
    inverse += 1 / static_cast<double>(confusion.labelled(label));
  }
  constexpr double kRounding = 1e-9;
  found.rows_of_mean = static_cast<std::int64_t>(found.with_rows * found.with_rows / inverse + kRounding);
  return found;
}

}  // namespace

bool allAlike(const ConfusionMatrix& confusion) {
  return confusion.total() > 0 && (confusion.correct() == 0 || confusion.correct() == confusion.total());
}

std::array<Interval, kScores> scoreIntervals(const BootstrapDraws& draws, std::size_t model,
                                             const ConfusionMatrix& confusion) {
  std::array<Interval, kScores> result;
  for (std::size_t score = 0; score < kScores; ++score) result[score] = draws.bca(model, static_cast<Score>(score));
  if (!allAlike(confusion)) return result;
  const bool right = confusion.correct() > 0;
  const Classes classes = classesOf(confusion);
  const Interval of_rows = ofAlike(right, confusion.total());
  const Interval of_mean = ofAlike(right, classes.rows_of_mean);
  const double share = classes.with_rows / static_cast<double>(confusion.classes());
  const auto place = [&result](Score score) -> Interval& { return result.at(static_cast<std::size_t>(score)); };
  place(Score::kAccuracy) = of_rows;
  place(Score::kWeightedF1) = of_rows;
  place(Score::kBalancedAccuracy) = of_mean;
  place(Score::kMacroF1) = {share * of_mean.low, share * of_mean.high};
  return result;
}

}  // namespace fer::metrics
