#include <algorithm>
#include <limits>

#include "fer/metrics/probability/scores.hpp"
#include "metrics/probability/rows.hpp"

namespace fer::metrics {
namespace {

struct Ranked {
  float probability;
  bool is_class;
};

/// Rows with equal probability count half in the area, and are one threshold of the precision.
OneVsRest score(std::vector<Ranked>& rows) {
  std::sort(rows.begin(), rows.end(), [](const Ranked& a, const Ranked& b) { return a.probability > b.probability; });
  double right = 0;  // rows of the class so far, from the most probable down
  double wrong = 0;
  double area = 0;
  double precision = 0;
  for (std::size_t begin = 0; begin < rows.size();) {
    double ties_right = 0;
    double ties_wrong = 0;
    std::size_t end = begin;
    for (; end < rows.size() && rows[end].probability == rows[begin].probability; ++end)
      (rows[end].is_class ? ties_right : ties_wrong) += 1;
    area += ties_wrong * (right + ties_right / 2);
    right += ties_right;
    wrong += ties_wrong;
    precision += ties_right * (right / (right + wrong));
    begin = end;
  }
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (right == 0 || wrong == 0) return {kNone, kNone};
  return {area / (right * wrong), precision / right};
}

}  // namespace

std::vector<OneVsRest> oneVsRest(std::span<const float> probabilities, std::span<const int> labels,
                                 std::size_t classes) {
  checkRows(probabilities, labels, classes, "oneVsRest");
  std::vector<OneVsRest> result;
  std::vector<Ranked> rows(labels.size());
  for (std::size_t i = 0; i < classes; ++i) {
    for (std::size_t row = 0; row < labels.size(); ++row)
      rows[row] = {probabilities[row * classes + i], static_cast<std::size_t>(labels[row]) == i};
    result.push_back(score(rows));
  }
  return result;
}

}  // namespace fer::metrics
