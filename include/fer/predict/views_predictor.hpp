#pragma once

#include <memory>
#include <vector>

#include "fer/predict/predictor.hpp"
#include "fer/predict/views.hpp"

namespace fer::predict {

/// Test-time augmentation: p(x) = 1/V sum over the V views v of q(v(x)), q being what the predictor within says.
class ViewsPredictor : public Predictor {
 public:
  /// Throws std::invalid_argument where there is no view.
  ViewsPredictor(std::unique_ptr<Predictor> within, std::vector<View> views);

  ImageShape inputShape() const override { return within_->inputShape(); }
  const std::vector<std::string>& classes() const override { return within_->classes(); }
  std::vector<float> probabilities(std::span<const std::uint8_t> images) override;

 private:
  std::unique_ptr<Predictor> within_;
  std::vector<View> views_;
};

}  // namespace fer::predict
