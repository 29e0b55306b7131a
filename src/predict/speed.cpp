#include "fer/predict/speed.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <vector>

namespace fer::predict {
namespace {

using Seconds = std::chrono::duration<double>;

struct Effort {
  int least;  ///< calls
  int most;
  Seconds seconds{2};
};

/// Seconds of each call with `images`, `at_once` images a call. The first calls, in which a library chooses its kernels
/// and allocates, do not count.
std::vector<double> timedCalls(Predictor& predictor, std::span<const std::uint8_t> images, std::size_t at_once,
                               const Effort& effort) {
  const std::size_t size = predictor.inputShape().size();
  std::vector<std::uint8_t> given(size * at_once);
  std::vector<double> seconds;
  Seconds sum{0};
  constexpr int kWarmUp = 2;
  for (int call = -kWarmUp; call < effort.most && (call < effort.least || sum < effort.seconds); ++call) {
    for (std::size_t i = 0; i < given.size(); ++i)
      given[i] = images[(static_cast<std::size_t>(call + kWarmUp) * given.size() + i) % images.size()];
    const auto start = std::chrono::steady_clock::now();
    predictor.probabilities(given);
    const Seconds spent = std::chrono::steady_clock::now() - start;
    if (call < 0) continue;
    seconds.push_back(spent.count());
    sum += spent;
  }
  return seconds;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace

Speed measureSpeed(Predictor& predictor, std::span<const std::uint8_t> images) {
  if (images.empty() || images.size() % predictor.inputShape().size() != 0)
    throw std::invalid_argument("measureSpeed: a whole number of images, and one at least");
  constexpr double kMilliseconds = 1e3;
  return {kMilliseconds * median(timedCalls(predictor, images, 1, {5, 1000})),
          static_cast<double>(kBatch) / median(timedCalls(predictor, images, kBatch, {3, 100}))};
}

}  // namespace fer::predict
