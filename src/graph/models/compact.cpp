#include "graph/models/builder.hpp"
#include "graph/models/models.hpp"
#include "graph/models/widened.hpp"

namespace fer::graph {

Graph makeCompact(const ModelSpec& spec) {
  constexpr double kDropped = 0.5;
  const ArchitectureOptions& chosen = spec.architecture;
  Builder build(spec);
  build.init(KernelInit::kHeNormal);
  for (const std::int64_t base : {64, 128, 192}) {
    const std::int64_t channels = widened(base, chosen.width);
    build.conv(channels, 3).maxPool().batchNorm().relu();
    build.conv(channels, 3).batchNorm().featureMaps().relu();
  }
  build.meanPool().dropout(chosen.dropout.value_or(kDropped)).init(KernelInit::kGlorotUniform);
  return build.dense(static_cast<std::int64_t>(spec.classes.size())).take();
}

}  // namespace fer::graph
