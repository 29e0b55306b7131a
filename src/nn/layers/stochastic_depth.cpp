#include "nn/layers/stochastic_depth.hpp"

#include <ATen/ATen.h>

#include <utility>

#include "fer/core/random.hpp"

namespace fer::nn {
namespace {

/// Number `layer` of the image's stream, without those before it.
float drawOfImage(const StepPosition& position, std::uint32_t layer, std::uint32_t image) {
  const PhiloxCounter words = philox({layer / 4, position.step, position.epoch, image},
                                     {position.seed, static_cast<std::uint32_t>(Purpose::kStochasticDepth)});
  return static_cast<float>(words.at(layer % 4) >> 8U) * 0x1p-24F;
}

}  // namespace

at::Tensor branchFactors(std::int64_t images, double rate, const StepPosition& position, std::uint32_t layer) {
  at::Tensor factors = at::empty({images, 1, 1, 1}, at::kFloat);
  auto* const factor = factors.data_ptr<float>();
  const auto kept = static_cast<float>(1 / (1 - rate));
  for (std::int64_t i = 0; i < images; ++i)
    factor[i] = drawOfImage(position, layer, position.first_image + static_cast<std::uint32_t>(i)) < rate ? 0.0F : kept;
  return factors;
}

StochasticDepth::StochasticDepth(double rate, std::uint32_t layer, std::shared_ptr<StepPosition> position)
    : rate_(rate), layer_(layer), position_(std::move(position)) {}

at::Tensor StochasticDepth::forward(const at::Tensor& images) {
  if (!is_training()) return images;
  const std::int64_t count = images.size(0);
  if (!images.device().is_cpu()) return images * at::dropout(at::ones({count, 1, 1, 1}, images.options()), rate_, true);
  return images * branchFactors(count, rate_, *position_, layer_).to(images.scalar_type());
}

}  // namespace fer::nn
