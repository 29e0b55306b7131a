#include "metrics/tests/student.hpp"

#include <cmath>
#include <limits>

namespace fer::metrics {
namespace {

/// The continued fraction of the incomplete beta function by Lentz's method, for x < (a + 1) / (a + b + 2).
/// Source: DLMF 8.17.22; Lentz, Applied Optics 1976.
double betaFraction(double x, double a, double b) {
  constexpr double kTiny = 1e-300;
  constexpr int kMostSteps = 10000;
  const auto apartFromZero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1;
  double d = 1 / apartFromZero(1 - (a + b) * x / (a + 1));
  double result = d;
  for (int m = 1; m <= kMostSteps; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apartFromZero(1 + even * d);
    c = apartFromZero(1 + even / c);
    result *= c * d;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apartFromZero(1 + odd * d);
    c = apartFromZero(1 + odd / c);
    const double step = c * d;
    result *= step;
    if (std::abs(step - 1) < std::numeric_limits<double>::epsilon()) break;
  }
  return result;
}

/// The regularised incomplete beta function I_x(a, b); `rest` is 1 - x, so that neither is rounded away.
double incompleteBeta(double x, double rest, double a, double b) {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(rest));
  return x < (a + 1) / (a + b + 2) ? front * betaFraction(x, a, b) / a : 1 - front * betaFraction(rest, b, a) / b;
}

}  // namespace

double studentTwoSided(double t, double degrees) {
  const double square = t * t;
  if (std::isinf(square)) return 0;
  return incompleteBeta(degrees / (degrees + square), square / (degrees + square), degrees / 2, 0.5);
}

double studentQuantile(double p, double degrees) {
  double low = 0;
  double high = 1;
  while (studentTwoSided(high, degrees) > p && high < std::numeric_limits<double>::max() / 2) high *= 2;
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    (studentTwoSided(middle, degrees) > p ? low : high) = middle;
  }
}

}  // namespace fer::metrics
