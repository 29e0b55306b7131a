#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {

Graph makeVggBlock(const ModelSpec& spec) {
  constexpr double kDropped = 0.25;
  struct Block {
    std::int64_t channels;
    int convolutions;
  };
  Builder build(spec);
  for (const Block block : {Block{64, 2}, Block{128, 2}, Block{256, 4}}) {
    for (int i = 1; i < block.convolutions; ++i) build.conv(block.channels, 3).relu();
    build.conv(block.channels, 3).featureMaps().relu().maxPool().batchNorm().dropout(kDropped);
  }
  build.flatten();
  for (const std::int64_t features : {256, 512}) build.dense(features).batchNorm().relu().dropout(kDropped);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
