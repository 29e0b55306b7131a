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
  const std::int64_t area = kernel.numel() / (kernel.size(0) * kernel.size(1));
  return {static_cast<double>(kernel.size(1) * area), static_cast<double>(kernel.size(0) * area)};
}

double truncatedNormal(RandomStream& stream) {
  constexpr double kCut = 2.0;
  for (;;)
    if (const double value = stream.normal(); std::abs(value) <= kCut) return value;
}

void drawKernel(const at::Tensor& kernel, graph::KernelInit init, RandomStream stream) {
  constexpr double kDeviationAfterCut = 0.87962566103423978;  // of a standard normal cut at two deviations
  const Fans fans = fansOf(kernel);
  const double limit = std::sqrt(6.0 / (fans.in + fans.out));
  const double deviation = std::sqrt(2.0 / fans.in) / kDeviationAfterCut;
  at::Tensor values = at::empty(kernel.sizes(), at::kFloat);
  auto* const value = values.data_ptr<float>();
  for (std::int64_t i = 0; i < values.numel(); ++i)
    value[i] = static_cast<float>(init == graph::KernelInit::kHeNormal ? deviation * truncatedNormal(stream)
                                                                       : stream.uniform(-limit, limit));
  kernel.copy_(values);
}

void initialiseLayer(const graph::Layer& layer, const torch::OrderedDict<std::string, at::Tensor>& parameters,
                     const RandomStream& stream) {
  const auto fill = [&](const char* part, double value) {
    if (const at::Tensor* const tensor = parameters.find(layer.name + part)) tensor->fill_(value);
  };
  if (const auto* const convolution = std::get_if<graph::Convolution>(&layer.operation))
    drawKernel(parameters[layer.name + ".weight"], convolution->init, stream);
  else if (const auto* const dense = std::get_if<graph::Dense>(&layer.operation))
    drawKernel(parameters[layer.name + ".weight"], dense->init, stream);
  else
    fill(".weight", 1);  // of a batch norm
  fill(".bias", 0);
}

bool hasKernel(const graph::Layer& layer) {
  return std::holds_alternative<graph::Convolution>(layer.operation) ||
         std::holds_alternative<graph::Dense>(layer.operation);
}

}  // namespace

void initialise(Network& network, std::uint32_t seed) {
  const torch::NoGradGuard no_grad;
  const auto parameters = network.named_parameters();
  std::uint32_t kernels = 0;
  for (const graph::Layer& layer : network.graph().layers()) {
    initialiseLayer(layer, parameters, RandomStream(seed, Purpose::kInit, 0, kernels));
    if (hasKernel(layer)) ++kernels;
  }
}

}  // namespace fer::nn
