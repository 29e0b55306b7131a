#include "metrics/intervals/resampler.hpp"

#include <algorithm>

#include "fer/core/random.hpp"

namespace fer::metrics {
namespace {

/// 0..bound-1 without bias: the upper half of a product, refused where its lower half is among the 2^32 mod bound
/// lowest. Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 2019.
std::uint32_t below(std::uint32_t bound, RandomStream& random) {
  std::uint64_t product = std::uint64_t{random.bits()} * bound;
  if (static_cast<std::uint32_t>(product) < bound) {
    const std::uint32_t refused = (0U - bound) % bound;
    while (static_cast<std::uint32_t>(product) < refused) product = std::uint64_t{random.bits()} * bound;
  }
  return static_cast<std::uint32_t>(product >> 32U);
}

}  // namespace

Resampler::Resampler(std::span<const int> labels, std::size_t classes, std::uint32_t seed, bool stratified)
    : seed_(seed), strata_(stratified ? classes : 1) {
  for (std::size_t row = 0; row < labels.size(); ++row)
    strata_[stratified ? static_cast<std::size_t>(labels[row]) : 0].push_back(static_cast<std::uint32_t>(row));
}

void Resampler::draw(std::uint32_t number, std::span<double> weights) const {
  std::fill(weights.begin(), weights.end(), 0.0);
  RandomStream random(seed_, Purpose::kBootstrap, 0, number);
  for (const std::vector<std::uint32_t>& stratum : strata_) {
    const auto bound = static_cast<std::uint32_t>(stratum.size());
    for (std::size_t i = 0; i < stratum.size(); ++i) weights[stratum[below(bound, random)]] += 1;
  }
}

}  // namespace fer::metrics
