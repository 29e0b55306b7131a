#include <ATen/ATen.h>

#include "fer/nn/layers.hpp"
#include "model_builder.hpp"
#include "models.hpp"

namespace fer::nn {
namespace {

/// An inception module with projections: four branches side by side, every convolution 'same' and followed by ReLU.
/// Source: Szegedy et al. 2015, figure 2b.
class Inception : public torch::nn::Module {
 public:
  static constexpr std::int64_t kChannels = 64 + 128 + 32 + 32;

  explicit Inception(std::int64_t in)
      : conv1x1_(register_module("conv1x1", convSame(in, 64, 1))),
        reduce3x3_(register_module("reduce3x3", convSame(in, 96, 1))),
        conv3x3_(register_module("conv3x3", convSame(96, 128, 3))),
        reduce5x5_(register_module("reduce5x5", convSame(in, 16, 1))),
        conv5x5_(register_module("conv5x5", convSame(16, 32, 5))),
        pool_projection_(register_module("pool_projection", convSame(in, 32, 1))) {}

  at::Tensor forward(const at::Tensor& images) {
    const at::Tensor pooled = at::max_pool2d(images, {3, 3}, {1, 1}, {1, 1});
    return at::cat(
        {at::relu(conv1x1_->forward(images)), at::relu(conv3x3_->forward(at::relu(reduce3x3_->forward(images)))),
         at::relu(conv5x5_->forward(at::relu(reduce5x5_->forward(images)))),
         at::relu(pool_projection_->forward(pooled))},
        1);
  }

 private:
  using Conv = std::shared_ptr<torch::nn::Conv2dImpl>;
  Conv conv1x1_;
  Conv reduce3x3_;
  Conv conv3x3_;
  Conv reduce5x5_;
  Conv conv5x5_;
  Conv pool_projection_;
};

}  // namespace

std::shared_ptr<Network> makeInceptionBlock(const ModelSpec& spec) {
  constexpr double kDropped = 0.25;
  ModelBuilder build(spec);
  build.block("inception", std::make_shared<Inception>(spec.input.channels), Inception::kChannels);
  build.flatten().dense(256).batchNorm().relu().dropout(kDropped);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::nn
