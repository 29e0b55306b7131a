#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {
namespace {

constexpr std::int64_t kExpansion = 4;
constexpr double kEpsilon = 1e-5;  // torchvision's, with which the weights were trained

struct Bottleneck {
  std::int64_t width;
  std::int64_t stride;
  bool projected;  ///< its input has another shape than its output
};

Convolution convolution(std::int64_t channels, std::int64_t kernel, std::int64_t stride = 1) {
  return {channels, kernel, stride, /*bias=*/false};
}

/// A bottleneck of torchvision's resnet50, the stride on its 3 x 3. Source: He et al. 2016; the stride's place is
/// "ResNet v1.5".
void addBottleneck(Builder& build, const std::string& name, const Bottleneck& block) {
  const LayerId input = build.last();
  build.scope(name);
  build.add("conv1", convolution(block.width, 1)).add("bn1", BatchNorm{kEpsilon}).relu();
  build.add("conv2", convolution(block.width, 3, block.stride)).add("bn2", BatchNorm{kEpsilon}).relu();
  build.add("conv3", convolution(block.width * kExpansion, 1)).add("bn3", BatchNorm{kEpsilon});
  const LayerId maps = build.last();
  LayerId shortcut = input;
  if (block.projected) {
    build.from(input).add("downsample.0", convolution(block.width * kExpansion, 1, block.stride));
    shortcut = build.add("downsample.1", BatchNorm{kEpsilon}).last();
  }
  build.join("add", Add{}, {maps, shortcut}).relu();
}

/// conv1 to layer4 under torchvision's names.
void addBody(Builder& build) {
  struct Stage {
    std::int64_t width;
    int blocks;
    std::int64_t stride;
  };
  build.add("conv1", convolution(64, 7, 2)).add("bn1", BatchNorm{kEpsilon}).relu().add("maxpool", MaxPool{3, 2, 1});
  int number = 0;
  for (const Stage stage : {Stage{64, 3, 1}, Stage{128, 4, 2}, Stage{256, 6, 2}, Stage{512, 3, 2}}) {
    const std::string name = "layer" + std::to_string(++number) + ".";
    for (int i = 0; i < stage.blocks; ++i)
      addBottleneck(build, name + std::to_string(i), {stage.width, i == 0 ? stage.stride : 1, i == 0});
  }
}

}  // namespace

Graph makeResnet50(const ModelSpec& spec) {
  Builder build(spec, kBodyChannels);
  build.init(KernelInit::kHeNormal);
  addBody(build);
  build.featureMaps();
  build.scope("head").init(KernelInit::kGlorotUniform).flatten();
  for (const std::int64_t features : {512, 256}) build.dense(features).batchNorm().relu().dropout(0.25);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
