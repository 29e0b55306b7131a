#pragma once

#include <c10/core/Device.h>

#include "fer/nn/checkpoint.hpp"
#include "fer/predict/predictor.hpp"

namespace fer::nn {

/// A checkpoint's network behind the Predictor interface, computed by LibTorch.
class TorchPredictor : public predict::Predictor {
 public:
  TorchPredictor(LoadedModel model, c10::Device device);

  ImageShape inputShape() const override { return description_.spec.input; }
  const std::vector<std::string>& classes() const override { return description_.spec.classes; }
  std::vector<float> probabilities(std::span<const std::uint8_t> images) override;

 private:
  std::shared_ptr<Network> network_;
  CheckpointDescription description_;
  c10::Device device_;
};

}  // namespace fer::nn
