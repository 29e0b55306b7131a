#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// What the branches of a batch's images are multiplied by: N x 1 x 1 x 1 float32 on the CPU, 0 with probability
/// `rate`, else 1 / (1 - rate). Image i of the batch goes by number `layer` of RandomStream (seed, kStochasticDepth,
/// epoch, step, i): dropped where uniform() is below rate.
at::Tensor branchFactors(std::int64_t images, double rate, const StepPosition& position, std::uint32_t layer);

/// Stochastic depth, as graph::StochasticDepth says. On the CPU the draws come from the run's seeded streams; on other
/// devices from LibTorch's generator, seeded anew at every step. In evaluation the input itself is returned.
class StochasticDepth : public torch::nn::Module {
 public:
  /// `layer` tells those of one network apart: 0, 1, 2 ...
  StochasticDepth(double rate, std::uint32_t layer, std::shared_ptr<StepPosition> position);
  at::Tensor forward(const at::Tensor& images);  ///< N x C x H x W

 private:
  double rate_;
  std::uint32_t layer_;
  std::shared_ptr<StepPosition> position_;
};

}  // namespace fer::nn
