#include "fer/metrics/tests/welch.hpp"

#include <cmath>
#include <stdexcept>

#include "metrics/tests/student.hpp"

namespace fer::metrics {
namespace {

struct Sample {
  double count = 0;
  double mean = 0;
  double variance_of_mean = 0;
};

Sample sampleOf(std::span<const double> values) {
  if (values.size() < 2) throw std::invalid_argument("welch: a list has fewer than two numbers");
  Sample sample;
  sample.count = static_cast<double>(values.size());
  for (const double value : values) sample.mean += value / sample.count;
  double squares = 0;
  for (const double value : values) squares += (value - sample.mean) * (value - sample.mean);
  sample.variance_of_mean = squares / (sample.count - 1) / sample.count;
  return sample;
}

}  // namespace

Welch welch(std::span<const double> first, std::span<const double> second) {
  const Sample a = sampleOf(first);
  const Sample b = sampleOf(second);
  Welch result;
  result.difference = a.mean - b.mean;
  result.interval = {result.difference, result.difference};
  result.degrees = a.count + b.count - 2;
  result.p = result.difference == 0 ? 1 : 0;
  const double variance = a.variance_of_mean + b.variance_of_mean;
  if (variance <= 0) return result;
  result.degrees = variance * variance /
                   (a.variance_of_mean * a.variance_of_mean / (a.count - 1) +
                    b.variance_of_mean * b.variance_of_mean / (b.count - 1));
  const double error = std::sqrt(variance);
  result.p = studentTwoSided(result.difference / error, result.degrees);
  constexpr double kOutside = 0.05;
  const double reach = error * studentQuantile(kOutside, result.degrees);
  result.interval = {result.difference - reach, result.difference + reach};
  return result;
}

}  // namespace fer::metrics
