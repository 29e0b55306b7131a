#pragma once

#include <memory>
#include <vector>

#include "fer/predict/predictor.hpp"

namespace fer::predict {

/// Several predictors that vote: p(x) = sum over the members m of weight_m p_m(x).
class EnsemblePredictor : public Predictor {
 public:
  /// Throws std::invalid_argument where there is no member, members differ in input shape or classes, or the weights
  /// are not one a member, none negative, adding up to 1.
  EnsemblePredictor(std::vector<std::unique_ptr<Predictor>> members, std::vector<double> weights);

  ImageShape inputShape() const override { return members_.front()->inputShape(); }
  const std::vector<std::string>& classes() const override { return members_.front()->classes(); }
  std::vector<float> probabilities(std::span<const std::uint8_t> images) override;

 private:
  std::vector<std::unique_ptr<Predictor>> members_;
  std::vector<double> weights_;
};

}  // namespace fer::predict
