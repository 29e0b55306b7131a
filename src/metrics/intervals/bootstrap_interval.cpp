#include "metrics/intervals/bootstrap_interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "metrics/intervals/normal.hpp"

namespace fer::metrics {
namespace {

void checkAndSort(std::vector<double>& draws, double confidence) {
  if (draws.empty()) throw std::invalid_argument("bootstrap: there are no draws");
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("bootstrap: the confidence is not inside 0..1");
  std::sort(draws.begin(), draws.end());
}

/// numpy.percentile(method="linear").
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - static_cast<double>(below));
}

/// Share of the draws below the estimate, those equal to it counted half; never so near to 0 or 1 that a single draw
/// more could not tell it.
double shareBelow(const std::vector<double>& sorted, double estimate) {
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), estimate);
  const auto count = static_cast<double>(sorted.size());
  const double below = static_cast<double>((first - sorted.begin()) + (last - sorted.begin())) / (2 * count);
  return std::clamp(below, 0.5 / count, 1 - 0.5 / count);
}

/// The share at which the corrected interval ends, for the end at `z` of a normal distribution.
double correctedShare(double bias, double acceleration, double z) {
  const double moved = bias + z;
  const double room = 1 - acceleration * moved;
  if (room <= 0) return moved < 0 ? 0 : 1;
  return normalCdf(bias + moved / room);
}

}  // namespace

Interval percentileInterval(std::vector<double> draws, double confidence) {
  checkAndSort(draws, confidence);
  const double tail = (1 - confidence) / 2;
  return {quantile(draws, tail), quantile(draws, 1 - tail)};
}

Interval bcaInterval(std::vector<double> draws, double estimate, double acceleration, double confidence) {
  checkAndSort(draws, confidence);
  if (draws.front() == draws.back()) return {draws.front(), draws.back()};
  const double bias = normalQuantile(shareBelow(draws, estimate));
  const double z = normalQuantile((1 - confidence) / 2);
  const Interval found{quantile(draws, correctedShare(bias, acceleration, z)),
                       quantile(draws, correctedShare(bias, acceleration, -z))};
  return {std::min(found.low, estimate), std::max(found.high, estimate)};
}

}  // namespace fer::metrics
