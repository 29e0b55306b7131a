#include "report/plot/axis.hpp"

#include <algorithm>
#include <cmath>

#include "fer/core/text/numbers.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kTen = 10;

/// The exponent of ten, and the factor 1, 2, 5 or 10, of the smallest round number that is not below `value`.
struct Round {
  int exponent = 0;
  double factor = 1;
};

Round roundUp(double value) {
  constexpr double kTolerance = 1e-9;
  const int exponent = static_cast<int>(std::floor(std::log10(value)));
  const double lead = value / std::pow(kTen, exponent);
  for (const double factor : {1.0, 2.0, 5.0})
    if (lead <= factor + kTolerance) return {exponent, factor};
  return {exponent + 1, 1};
}

}  // namespace

std::string Axis::label(double tick) const {
  constexpr double kLongNumber = 1e6;
  return std::max(std::abs(low), std::abs(high)) < kLongNumber ? fixed(tick, digits) : scientific(tick);
}

Axis roundAxis(double low, double high, int intervals, double smallest_step) {
  const Round step = roundUp(std::max((high - low) / intervals, smallest_step));
  const double width = step.factor * std::pow(kTen, step.exponent);
  constexpr double kTolerance = 1e-9;
  const double first = std::floor(low / width + kTolerance);
  const double last = std::max(std::ceil(high / width - kTolerance), first + 1);
  Axis axis{first * width, last * width, {}, std::max(0, -step.exponent)};
  const auto steps = static_cast<int>(last - first);
  for (int i = 0; i <= steps; ++i) axis.ticks.push_back((first + i) * width);
  return axis;
}

}  // namespace fer::report
