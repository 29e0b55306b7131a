#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {

Graph makeCompact(const ModelSpec& spec) {
  constexpr double kDropped = 0.5;
  Builder build(spec);
  build.init(KernelInit::kHeNormal);
  for (const std::int64_t channels : {64, 128, 192}) {
    build.conv(channels, 3).maxPool().batchNorm().relu();
    build.conv(channels, 3).batchNorm().featureMaps().relu();
  }
  build.meanPool().dropout(kDropped).init(KernelInit::kGlorotUniform);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
