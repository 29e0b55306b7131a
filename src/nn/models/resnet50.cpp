#include <ATen/ATen.h>

#include "nn/layers/layers.hpp"
#include "nn/models/builder.hpp"
#include "nn/models/input_layer.hpp"
#include "nn/models/models.hpp"

namespace fer::nn {
namespace {

using ConvLayer = std::shared_ptr<Conv>;
using Norm = std::shared_ptr<ImageBatchNorm>;

ConvLayer conv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1) {
  return std::make_shared<Conv>(in, out, Conv::Options{kernel, stride, false});
}

/// torchvision's epsilon, with which the weights were trained; Keras' momentum, 0.99.
Norm norm(std::int64_t channels) {
  return std::make_shared<ImageBatchNorm>(channels, 1e-5);
}

/// A bottleneck of torchvision's resnet50, the stride on its 3 x 3. Source: He et al. 2016; the stride's place is
/// "ResNet v1.5".
class Bottleneck : public torch::nn::Module {
 public:
  static constexpr std::int64_t kExpansion = 4;

  Bottleneck(std::int64_t in, std::int64_t width, std::int64_t stride)
      : conv1_(register_module("conv1", conv(in, width, 1))),
        bn1_(register_module("bn1", norm(width))),
        conv2_(register_module("conv2", conv(width, width, 3, stride))),
        bn2_(register_module("bn2", norm(width))),
        conv3_(register_module("conv3", conv(width, width * kExpansion, 1))),
        bn3_(register_module("bn3", norm(width * kExpansion))) {
    if (stride == 1 && in == width * kExpansion) return;
    shortcut_ = register_module("downsample", std::make_shared<Network>(KernelInit::kHeNormal));
    shortcut_->add("0", conv(in, width * kExpansion, 1, stride));
    shortcut_->add("1", norm(width * kExpansion));
  }

  at::Tensor forward(const at::Tensor& input) {
    at::Tensor maps = reluInPlace(bn1_->forward(conv1_->forward(input)));
    maps = reluInPlace(bn2_->forward(conv2_->forward(maps)));
    maps = bn3_->forward(conv3_->forward(maps));
    return reluInPlace(maps.add_(shortcut_ ? shortcut_->forward(input) : input));
  }

 private:
  ConvLayer conv1_;
  Norm bn1_;
  ConvLayer conv2_;
  Norm bn2_;
  ConvLayer conv3_;
  Norm bn3_;
  std::shared_ptr<Network> shortcut_;  ///< null where the input is added as it is
};

std::int64_t halved(std::int64_t side) {
  return (side + 1) / 2;  // a stride of 2 with 'same' padding rounds up
}

/// Adds conv1 to layer4 under torchvision's names; returns the shape of what they make.
data::ImageShape addBody(Network& network, data::ImageShape shape) {
  struct Layer {
    std::int64_t width;
    int blocks;
    std::int64_t stride;
  };
  network.add("conv1", conv(kBodyChannels, 64, 7, 2));
  network.add("bn1", norm(64));
  network.add(&reluInPlace);
  network.add([](const at::Tensor& maps) { return at::max_pool2d(maps, {3, 3}, {2, 2}, {1, 1}); });
  std::int64_t height = halved(halved(shape.height));
  std::int64_t width = halved(halved(shape.width));
  std::int64_t channels = 64;
  int number = 0;
  for (const Layer layer : {Layer{64, 3, 1}, Layer{128, 4, 2}, Layer{256, 6, 2}, Layer{512, 3, 2}}) {
    auto blocks = std::make_shared<Network>(network.position(), network.kernelInit());
    for (int i = 0; i < layer.blocks; ++i) {
      blocks->add(std::to_string(i), std::make_shared<Bottleneck>(channels, layer.width, i == 0 ? layer.stride : 1));
      channels = layer.width * Bottleneck::kExpansion;
    }
    network.add("layer" + std::to_string(++number), blocks);
    if (layer.stride == 2) {
      height = halved(height);
      width = halved(width);
    }
  }
  return {static_cast<int>(channels), static_cast<int>(height), static_cast<int>(width)};
}

}  // namespace

std::shared_ptr<Network> makeResnet50(const ModelSpec& spec) {
  auto network = std::make_shared<Network>(KernelInit::kHeNormal);
  addInputLayer(*network, spec, kBodyChannels);
  const data::ImageShape maps = addBody(*network, shapeInside(spec));
  network->markFeatureMaps();
  ModelBuilder head(spec.name, maps, *network, KernelInit::kGlorotUniform);
  head.flatten();
  for (const std::int64_t features : {512, 256}) head.dense(features).batchNorm().relu().dropout(0.25);
  network->add("head", head.dense(static_cast<std::int64_t>(spec.classes.size())).take());
  return network;
}

}  // namespace fer::nn
