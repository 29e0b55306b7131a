#include "fer/nn/layers/initialise.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>

#include "fer/core/random.hpp"

namespace fer::nn {
namespace {

/// Inputs and outputs of a unit; a kernel is O x I x h x w (convolution) or O x I (dense).
struct Fans {
  double in;
  double out;
};

Fans fansOf(const at::Tensor& kernel) {
  const auto area = static_cast<double>(kernel.numel() / (kernel.size(0) * kernel.size(1)));
  return {static_cast<double>(kernel.size(1)) * area, static_cast<double>(kernel.size(0)) * area};
}

double truncatedNormal(RandomStream& stream) {
  constexpr double kCut = 2.0;
  for (;;)
    if (const double value = stream.normal(); std::abs(value) <= kCut) return value;
}

void drawKernel(const at::Tensor& kernel, KernelInit init, RandomStream stream) {
  constexpr double kDeviationAfterCut = 0.87962566103423978;  // of a standard normal cut at two deviations
  const Fans fans = fansOf(kernel);
  const double limit = std::sqrt(6.0 / (fans.in + fans.out));
  const double deviation = std::sqrt(2.0 / fans.in) / kDeviationAfterCut;
  at::Tensor values = at::empty(kernel.sizes(), at::kFloat);
  float* const value = values.data_ptr<float>();
  for (std::int64_t i = 0; i < values.numel(); ++i)
    value[i] = static_cast<float>(init == KernelInit::kHeNormal ? deviation * truncatedNormal(stream)
                                                                : stream.uniform(-limit, limit));
  kernel.copy_(values);
}

/// A vector named "weight" is the scale of a batch norm.
bool isScale(const std::string& name, const at::Tensor& parameter) {
  return parameter.dim() == 1 && name == "weight";
}

class Initialiser {
 public:
  explicit Initialiser(std::uint32_t seed) : seed_(seed) {}

  void visit(const torch::nn::Module& module, KernelInit init) {
    if (const auto* network = dynamic_cast<const Network*>(&module)) init = network->kernelInit();
    for (const auto& item : module.named_parameters(/*recurse=*/false)) {
      if (item.value().dim() >= 2)
        drawKernel(item.value(), init, RandomStream(seed_, Purpose::kInit, 0, kernels_++));
      else
        item.value().fill_(isScale(item.key(), item.value()) ? 1.0 : 0.0);
    }
    for (const auto& child : module.children()) visit(*child, init);
  }

 private:
  std::uint32_t seed_;
  std::uint32_t kernels_ = 0;
};

}  // namespace

void initialise(Network& network, std::uint32_t seed) {
  const torch::NoGradGuard no_grad;
  Initialiser(seed).visit(network, network.kernelInit());
}

}  // namespace fer::nn
