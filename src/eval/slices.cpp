#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "fer/eval/robustness.hpp"

namespace fer::eval {
namespace {

constexpr std::size_t kQuarters = 4;

struct Light {
  double mean;
  double deviation;
};

Light lightOf(std::span<const std::uint8_t> pixels) {
  double sum = 0;
  double squares = 0;
  for (const std::uint8_t level : pixels) {
    sum += level;
    squares += static_cast<double>(level) * level;
  }
  const auto count = static_cast<double>(pixels.size());
  const double mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

std::vector<metrics::Slice> quarters(const std::vector<double>& values, const std::vector<bool>& right,
                                     const std::array<const char*, kQuarters>& names) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<metrics::Slice> slices;
  for (std::size_t quarter = 0; quarter < kQuarters; ++quarter) {
    const std::size_t begin = quarter * order.size() / kQuarters;
    const std::size_t end = (quarter + 1) * order.size() / kQuarters;
    std::int64_t hits = 0;
    for (std::size_t i = begin; i < end; ++i) hits += right[order[i]] ? 1 : 0;
    const auto rows = static_cast<std::int64_t>(end - begin);
    slices.push_back({names[quarter], rows, rows == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(rows),
                      metrics::wilson(hits, rows)});
  }
  return slices;
}

}  // namespace

std::vector<metrics::Slice> naturalSlices(const data::Dataset& dataset, std::span<const std::uint32_t> rows,
                                          const std::vector<bool>& right) {
  if (right.size() != rows.size()) throw std::invalid_argument("naturalSlices: the lists differ in length");
  std::vector<double> means;
  std::vector<double> deviations;
  for (const std::uint32_t row : rows) {
    const Light light = lightOf(dataset.pixels(row));
    means.push_back(light.mean);
    deviations.push_back(light.deviation);
  }
  std::vector<metrics::Slice> slices = quarters(
      means, right, {"darkest quarter", "second darkest quarter", "second brightest quarter", "brightest quarter"});
  const std::vector<metrics::Slice> contrast =
      quarters(deviations, right,
               {"lowest contrast quarter", "second lowest contrast quarter", "second highest contrast quarter",
                "highest contrast quarter"});
  slices.insert(slices.end(), contrast.begin(), contrast.end());
  return slices;
}

}  // namespace fer::eval
