#include "graph/models/residual.hpp"

#include <algorithm>
#include <cmath>

#include "graph/models/widened.hpp"

namespace fer::graph {
namespace {

/// Before a norm, which has the bias.
Convolution unbiased(std::int64_t channels, std::int64_t kernel, std::int64_t stride = 1) {
  return {channels, kernel, stride, /*bias=*/false};
}

/// Each map times a number from 0 to 1 that follows from the means of all.
void addGate(Builder& build, double share) {
  if (share == 0) return;
  const LayerId maps = build.last();
  const std::int64_t channels = build.channels();
  const std::int64_t squeezed = std::max<std::int64_t>(1, std::llround(static_cast<double>(channels) * share));
  build.add("se.mean", GlobalMeanPool{}).add("se.reduce", Dense{squeezed}).add("se.relu", Relu{});
  const LayerId gate = build.add("se.expand", Dense{channels}).add("se.sigmoid", Sigmoid{}).last();
  build.join("se.scale", Scale{}, {maps, gate});
}

void addStochasticDepth(Builder& build, double rate) {
  if (rate != 0) build.add("stochastic_depth", StochasticDepth{rate});
}

int deepened(int blocks, double depth) {
  return std::max(1, static_cast<int>(std::lround(blocks * depth)));
}

void addHead(Builder& build, const ModelSpec& spec, const ResidualPlan& plan) {
  build.scope("head");
  if (plan.last != 0) {
    build.add("conv1", unbiased(widened(plan.last, spec.architecture.width), 1)).batchNorm().featureMaps().relu();
  }
  build.meanPool();
  if (const double dropped = spec.architecture.dropout.value_or(plan.dropout); dropped != 0) build.dropout(dropped);
  build.init(KernelInit::kGlorotUniform).dense(static_cast<std::int64_t>(spec.classes.size()));
}

}  // namespace

void addBasicBlock(Builder& build, const ResidualBlock& block) {
  const LayerId input = build.last();
  const bool fits = block.stride == 1 && build.channels() == block.channels;
  build.scope(block.name);
  build.add("conv1", unbiased(block.channels, 3, block.stride)).batchNorm().relu();
  build.add("conv2", unbiased(block.channels, 3)).batchNorm();
  addGate(build, block.squeeze_excite);
  addStochasticDepth(build, block.stochastic_depth);
  const LayerId branch = build.last();
  LayerId shortcut = input;
  if (!fits) {
    build.from(input).add("downsample.0", unbiased(block.channels, 1, block.stride));
    shortcut = build.add("downsample.1", BatchNorm{}).last();
  }
  build.join("add", Add{}, {branch, shortcut}).relu();
}

void addInvertedBottleneck(Builder& build, const ResidualBlock& block) {
  constexpr std::int64_t kExpansion = 4;
  const LayerId input = build.last();
  const std::int64_t inside = kExpansion * build.channels();
  const bool fits = block.stride == 1 && build.channels() == block.channels;
  build.scope(block.name);
  build.add("conv1", unbiased(inside, 1)).batchNorm().relu();
  build.add("conv2", Convolution{inside, 3, block.stride, /*bias=*/false, /*groups=*/inside}).batchNorm().relu();
  addGate(build, block.squeeze_excite);
  build.add("conv3", unbiased(block.channels, 1)).batchNorm();
  if (!fits) return;
  addStochasticDepth(build, block.stochastic_depth);
  build.join("add", Add{}, {build.last(), input});
}

Graph makeResidual(const ModelSpec& spec, const ResidualPlan& plan) {
  const ArchitectureOptions& chosen = spec.architecture;
  int blocks = 0;
  for (const ResidualStage& stage : plan.stages) blocks += deepened(stage.blocks, chosen.depth);
  Builder build(spec);
  build.init(KernelInit::kHeNormal);
  build.add("conv1", unbiased(widened(plan.stem, chosen.width), 3)).batchNorm().relu();
  int number = 0;
  int done = 0;
  for (const ResidualStage& stage : plan.stages) {
    const std::string name = "layer" + std::to_string(++number) + ".";
    for (int i = 0; i < deepened(stage.blocks, chosen.depth); ++i)
      plan.add_block(build,
                     {name + std::to_string(i), widened(stage.channels, chosen.width), i == 0 ? stage.stride : 1,
                      chosen.squeeze_excite.value_or(plan.squeeze_excite), chosen.stochastic_depth * ++done / blocks});
  }
  build.featureMaps();
  addHead(build, spec, plan);
  return build.take();
}

}  // namespace fer::graph
