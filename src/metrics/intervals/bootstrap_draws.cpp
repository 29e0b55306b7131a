#include <algorithm>
#include <stdexcept>

#include "fer/metrics/intervals/bootstrap.hpp"
#include "metrics/intervals/bootstrap_interval.hpp"

namespace fer::metrics {
namespace {

std::size_t place(std::size_t model, Score score, std::size_t models) {
  if (model >= models) throw std::out_of_range("BootstrapDraws: no such model");
  return model * kScores + static_cast<std::size_t>(score);
}

}  // namespace

double BootstrapDraws::estimate(std::size_t model, Score score) const {
  return estimates_[place(model, score, models())];
}

std::span<const double> BootstrapDraws::draws(std::size_t model, Score score) const {
  return std::span(values_).subspan(place(model, score, models()) * draws_, draws_);
}

Interval BootstrapDraws::percentile(std::size_t model, Score score, double confidence) const {
  const auto found = draws(model, score);
  return percentileInterval({found.begin(), found.end()}, confidence);
}

Interval BootstrapDraws::bca(std::size_t model, Score score, double confidence) const {
  const auto found = draws(model, score);
  return bcaInterval({found.begin(), found.end()}, estimate(model, score),
                     accelerations_[place(model, score, models())], confidence);
}

Difference difference(const BootstrapDraws& draws, std::size_t first, std::size_t second, Score score) {
  const auto a = draws.draws(first, score);
  const auto b = draws.draws(second, score);
  std::vector<double> differences(a.size());
  std::size_t at_most_zero = 1;
  std::size_t at_least_zero = 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differences[i] = a[i] - b[i];
    at_most_zero += differences[i] <= 0 ? 1 : 0;
    at_least_zero += differences[i] >= 0 ? 1 : 0;
  }
  const double share = static_cast<double>(std::min(at_most_zero, at_least_zero)) / static_cast<double>(a.size() + 1);
  return {draws.estimate(first, score) - draws.estimate(second, score),
          percentileInterval(std::move(differences), 0.95), std::min(2 * share, 1.0)};
}

}  // namespace fer::metrics
