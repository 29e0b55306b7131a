#include "fer/metrics/tests/paired.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace fer::metrics {
namespace {

/// Probability of `successes` among `trials` fair coins.
double fairCoins(std::int64_t successes, std::int64_t trials) {
  const auto n = static_cast<double>(trials);
  const auto k = static_cast<double>(successes);
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::numbers::ln2);
}

/// Probability of at most `successes`, which are at most half of the trials: from the largest term down.
double fairCoinsAtMost(std::int64_t successes, std::int64_t trials) {
  double sum = 0;
  double term = fairCoins(successes, trials);
  for (std::int64_t k = successes; k >= 0 && sum + term > sum; --k) {
    sum += term;
    term *= static_cast<double>(k) / static_cast<double>(trials - k + 1);
  }
  return sum;
}

}  // namespace

McNemar mcnemar(std::span<const int> labels, std::span<const int> first, std::span<const int> second) {
  if (first.size() != labels.size() || second.size() != labels.size())
    throw std::invalid_argument("mcnemar: labels and predictions differ in number");
  McNemar result;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const bool first_right = first[row] == labels[row];
    const bool second_right = second[row] == labels[row];
    if (first_right && !second_right) ++result.only_first;
    if (second_right && !first_right) ++result.only_second;
  }
  const std::int64_t trials = result.only_first + result.only_second;
  if (trials == 0) return result;
  const std::int64_t fewer = std::min(result.only_first, result.only_second);
  const double observed = fairCoins(fewer, trials);
  if (result.only_first == result.only_second) {
    result.mid_p = 1 - observed / 2;
    return result;
  }
  const double exact = 2 * fairCoinsAtMost(fewer, trials);
  result.exact = std::min(exact, 1.0);
  result.mid_p = exact - observed;
  return result;
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> corrected(p.size());
  double least = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    least = std::max(least, p[order[rank]] * static_cast<double>(p.size() - rank));
    corrected[order[rank]] = std::min(least, 1.0);
  }
  return corrected;
}

}  // namespace fer::metrics
