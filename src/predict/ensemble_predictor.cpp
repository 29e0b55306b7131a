#include "fer/predict/ensemble_predictor.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "predict/weighted_sum.hpp"

namespace fer::predict {

EnsemblePredictor::EnsemblePredictor(std::vector<std::unique_ptr<Predictor>> members, std::vector<double> weights)
    : members_(std::move(members)), weights_(std::move(weights)) {
  if (members_.empty() || weights_.size() != members_.size())
    throw std::invalid_argument("EnsemblePredictor: one weight a member, and a member at least");
  for (const auto& member : members_)
    if (member->inputShape() != inputShape() || member->classes() != classes())
      throw std::invalid_argument("EnsemblePredictor: members differ in input shape or classes");
  constexpr double kRounding = 1e-6;
  const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  if (std::any_of(weights_.begin(), weights_.end(), [](double weight) { return !(weight >= 0); }) ||
      !(std::abs(sum - 1) <= kRounding))
    throw std::invalid_argument("EnsemblePredictor: weights are not negative and add up to 1");
}

std::vector<float> EnsemblePredictor::probabilities(std::span<const std::uint8_t> images) {
  WeightedSum sum;
  for (std::size_t i = 0; i < members_.size(); ++i) sum.add(members_[i]->probabilities(images), weights_[i]);
  return sum.values();
}

}  // namespace fer::predict
