#include "fer/core/error.hpp"
#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {
namespace {

/// Layers 0 to 30, numbered and named as torchvision's vgg16.features.
void addFeatures(Builder& build) {
  struct Block {
    std::int64_t channels;
    int convolutions;
  };
  int number = 0;
  const auto add = [&](Operation operation) -> Builder& {
    return build.add(std::to_string(number++), std::move(operation));
  };
  build.scope("features");
  for (const Block block : {Block{64, 2}, Block{128, 2}, Block{256, 3}, Block{512, 3}, Block{512, 3}}) {
    for (int i = 0; i < block.convolutions; ++i) {
      add(Convolution{block.channels}).featureMaps();
      add(Relu{});
    }
    add(MaxPool{});
  }
}

}  // namespace

Graph makeVgg16(const ModelSpec& spec) {
  constexpr int kSmallest = 32;  // halved five times
  const ImageShape inside = shapeInside(spec);
  Builder build(spec, kBodyChannels);
  if (inside.height < kSmallest || inside.width < kSmallest)
    throw usageError(
        "model.name: vgg16 wants images of 32 x 32 pixels at least. Give larger ones (data.height, "
        "data.width) or enlarge them (model.input.height, model.input.width).");
  build.init(KernelInit::kHeNormal);
  addFeatures(build);
  build.scope("head").dropout(0.2).flatten().batchNorm();
  for (const std::int64_t features : {512, 256}) build.dense(features).batchNorm().relu().dropout(0.25);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
