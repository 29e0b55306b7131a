#include <algorithm>
#include <cstdio>
#include <iostream>

#include "app/evaluate/pieces.hpp"

namespace fer::app {
namespace {

template <class... Values>
void line(const char* pattern, Values... values) {
  char text[256];
  std::snprintf(text, sizeof text, pattern, values...);
  std::cout << text << "\n";
}

void printRobustness(const metrics::Robustness& robustness) {
  line("\n%-12s %8s %8s %8s  %s", "disturbance", "clean", "mean", "worst", "at");
  for (const metrics::RobustnessCurve& curve : robustness.curves) {
    const auto worst = std::min_element(curve.accuracy.begin(), curve.accuracy.end()) - curve.accuracy.begin();
    const auto clean = std::find(curve.levels.begin(), curve.levels.end(), curve.clean) - curve.levels.begin();
    line("%-12s %8.4f %8.4f %8.4f  %g%s%s", curve.disturbance.c_str(), curve.accuracy[static_cast<std::size_t>(clean)],
         curve.area, curve.accuracy[static_cast<std::size_t>(worst)], curve.levels[static_cast<std::size_t>(worst)],
         curve.unit.empty() ? "" : " ", curve.unit.c_str());
  }
  line("(accuracy on %lld images; mean: the area under the curve)", static_cast<long long>(robustness.rows));
  const metrics::Slice* worst = nullptr;
  for (const metrics::Slice& slice : robustness.slices)
    if (slice.rows > 0 && (worst == nullptr || slice.accuracy < worst->accuracy)) worst = &slice;
  if (worst != nullptr)
    line("worst slice: the %s, accuracy %.4f (%.4f to %.4f) of %lld images", worst->name.c_str(), worst->accuracy,
         worst->interval.low, worst->interval.high, static_cast<long long>(worst->rows));
}

}  // namespace

void printExtras(const metrics::Evaluation& evaluation, const std::optional<metrics::Robustness>& robustness) {
  if (!evaluation.members.empty()) {
    std::cout << "members: ";
    for (const metrics::Member& member : evaluation.members) {
      char weight[32];
      std::snprintf(weight, sizeof weight, " %.3f", member.weight);
      std::cout << " " << member.run << weight;
    }
    std::cout << " (weights: " << evaluation.ensemble_weights << ")\n";
  }
  if (evaluation.test_reads > 1)
    std::cout << "the test split of this run was evaluated " << evaluation.test_reads
              << " times so far (test_reads.json)\n";
  if (robustness) printRobustness(*robustness);
}

}  // namespace fer::app
