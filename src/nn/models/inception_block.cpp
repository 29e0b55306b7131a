#include <ATen/ATen.h>

#include "nn/layers/layers.hpp"
#include "nn/models/builder.hpp"
#include "nn/models/models.hpp"

namespace fer::nn {
namespace {

/// An inception module with projections: four branches side by side, every convolution 'same' and followed by ReLU.
/// Source: Szegedy et al. 2015, figure 2b.
class Inception : public torch::nn::Module {
 public:
  static constexpr std::int64_t kChannels = 64 + 128 + 32 + 32;

  explicit Inception(std::int64_t in)
      : conv1x1_(add("conv1x1", in, 64, 1)),
        reduce3x3_(add("reduce3x3", in, 96, 1)),
        conv3x3_(add("conv3x3", 96, 128, 3)),
        reduce5x5_(add("reduce5x5", in, 16, 1)),
        conv5x5_(add("conv5x5", 16, 32, 5)),
        pool_projection_(add("pool_projection", in, 32, 1)) {}

  at::Tensor forward(const at::Tensor& images) {
    const at::Tensor pooled = at::max_pool2d(images, {3, 3}, {1, 1}, {1, 1});
    return at::cat({reluInPlace(conv1x1_->forward(images)),
                    reluInPlace(conv3x3_->forward(reluInPlace(reduce3x3_->forward(images)))),
                    reluInPlace(conv5x5_->forward(reluInPlace(reduce5x5_->forward(images)))),
                    reluInPlace(pool_projection_->forward(pooled))},
                   1);
  }

 private:
  using Layer = std::shared_ptr<Conv>;

  Layer add(const std::string& name, std::int64_t in, std::int64_t out, std::int64_t kernel) {
    return register_module(name, std::make_shared<Conv>(in, out, Conv::Options{kernel}));
  }

  Layer conv1x1_;
  Layer reduce3x3_;
  Layer conv3x3_;
  Layer reduce5x5_;
  Layer conv5x5_;
  Layer pool_projection_;
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
