#include "fer/nn/initialise.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>

#include "fer/core/random.hpp"

namespace fer::nn {
namespace {

/// O x I x kh x kw (convolution) or O x I (dense).
void glorotUniform(const at::Tensor& kernel, RandomStream stream) {
  const std::int64_t area = kernel.numel() / (kernel.size(0) * kernel.size(1));
  const auto fans = static_cast<double>((kernel.size(0) + kernel.size(1)) * area);
  const double limit = std::sqrt(6.0 / fans);
  at::Tensor values = at::empty(kernel.sizes(), at::kFloat);
  float* value = values.data_ptr<float>();
  for (std::int64_t i = 0; i < values.numel(); ++i) value[i] = static_cast<float>(stream.uniform(-limit, limit));
  kernel.copy_(values);
}

}  // namespace

void initialise(Network& network, std::uint32_t seed) {
  const torch::NoGradGuard no_grad;
  std::uint32_t kernels = 0;
  for (const auto& item : network.named_parameters()) {
    if (item.value().dim() >= 2)
      glorotUniform(item.value(), RandomStream(seed, Purpose::kInit, 0, kernels++));
    else
      item.value().fill_(item.key().starts_with("bn") && item.key().ends_with("weight") ? 1.0 : 0.0);
  }
}

}  // namespace fer::nn
