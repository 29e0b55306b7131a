#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {
namespace {

/// An inception module with projections: four branches side by side, every convolution 'same' and followed by ReLU.
/// Source: Szegedy et al. 2015, figure 2b.
void addInception(Builder& build) {
  const LayerId images = build.last();
  const auto convRelu = [&](const std::string& name, std::int64_t channels, std::int64_t kernel) {
    build.add(name, Convolution{channels, kernel}).relu();
    return build.last();
  };
  build.scope("inception");
  const LayerId conv1x1 = convRelu("conv1x1", 64, 1);
  build.from(images);
  convRelu("reduce3x3", 96, 1);
  const LayerId conv3x3 = convRelu("conv3x3", 128, 3);
  build.from(images);
  convRelu("reduce5x5", 16, 1);
  const LayerId conv5x5 = convRelu("conv5x5", 32, 5);
  build.from(images).add("pool", MaxPool{3, 1, 1});
  const LayerId pooled = convRelu("pool_projection", 32, 1);
  build.join("concatenate", Concatenate{}, {conv1x1, conv3x3, conv5x5, pooled}).featureMaps();
}

}  // namespace

Graph makeInceptionBlock(const ModelSpec& spec) {
  constexpr double kDropped = 0.25;
  Builder build(spec);
  addInception(build);
  build.scope("").flatten().dense(256).batchNorm().relu().dropout(kDropped);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
