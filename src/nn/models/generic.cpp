#include "nn/models/builder.hpp"
#include "nn/models/models.hpp"

namespace fer::nn {

std::shared_ptr<Network> makeGeneric(const ModelSpec& spec) {
  constexpr double kDropped = 0.25;
  struct Level {
    std::int64_t channels;
    std::int64_t kernel;
  };
  ModelBuilder build(spec);
  for (const Level level : {Level{64, 3}, Level{128, 5}, Level{512, 3}})
    build.conv(level.channels, level.kernel).batchNormReluMaxPool().dropout(kDropped);
  build.conv(512, 3).batchNorm().reluMaxPool().dropout(kDropped);  // the small ones, whose feature maps are shown
  build.flatten();
  for (const std::int64_t features : {256, 512}) build.dense(features).batchNorm().relu().dropout(kDropped);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::nn
