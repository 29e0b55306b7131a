#include "fer/core/error.hpp"
#include "nn/layers/layers.hpp"
#include "nn/layers/relu_max_pool.hpp"
#include "nn/models/builder.hpp"
#include "nn/models/input_layer.hpp"
#include "nn/models/models.hpp"

namespace fer::nn {
namespace {

constexpr int kHalvings = 5;
constexpr int kLastConvolution = 28;

/// Layers 0 to 28, numbered and named as torchvision's vgg16.features; the last ReLU and pool are left to the caller.
std::shared_ptr<Network> makeFeatures(const Network& whole) {
  struct Block {
    std::int64_t channels;
    int convolutions;
  };
  auto features = std::make_shared<Network>(whole.position(), KernelInit::kHeNormal);
  std::int64_t channels = kBodyChannels;
  int number = 0;
  for (const Block block : {Block{64, 2}, Block{128, 2}, Block{256, 3}, Block{512, 3}, Block{512, 3}}) {
    for (int i = 0; i < block.convolutions; ++i) {
      features->add(std::to_string(number), std::make_shared<Conv>(channels, block.channels, Conv::Options{}));
      const bool last = i + 1 == block.convolutions;
      if (number != kLastConvolution) features->add(last ? &reluMaxPool2 : &reluInPlace);
      channels = block.channels;
      number += 2;
    }
    ++number;  // the pool's
  }
  return features;
}

}  // namespace

std::shared_ptr<Network> makeVgg16(const ModelSpec& spec) {
  const data::ImageShape shape = shapeInside(spec);
  const data::ImageShape maps{512, shape.height >> kHalvings, shape.width >> kHalvings};
  if (maps.height == 0 || maps.width == 0)
    throw usageError(
        "model.name: vgg16 wants images of 32 x 32 pixels at least. Give larger ones (data.height, "
        "data.width) or enlarge them (model.input.height, model.input.width).");
  auto network = std::make_shared<Network>();
  addInputLayer(*network, spec, kBodyChannels);
  network->add("features", makeFeatures(*network));
  network->markFeatureMaps();
  network->add(&reluMaxPool2);
  ModelBuilder head(spec.name, maps, *network, KernelInit::kHeNormal);
  head.dropout(0.2).flatten().batchNorm();
  for (const std::int64_t features : {512, 256}) head.dense(features).batchNorm().relu().dropout(0.25);
  network->add("head", head.dense(static_cast<std::int64_t>(spec.classes.size())).take());
  return network;
}

}  // namespace fer::nn
