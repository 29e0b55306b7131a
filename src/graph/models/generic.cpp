#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {

Graph makeGeneric(const ModelSpec& spec) {
  constexpr double kDropped = 0.25;
  struct Level {
    std::int64_t channels;
    std::int64_t kernel;
  };
  Builder build(spec);
  for (const Level level : {Level{64, 3}, Level{128, 5}, Level{512, 3}, Level{512, 3}})
    build.conv(level.channels, level.kernel).batchNorm().featureMaps().relu().maxPool().dropout(kDropped);
  build.flatten();
  for (const std::int64_t features : {256, 512}) build.dense(features).batchNorm().relu().dropout(kDropped);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
