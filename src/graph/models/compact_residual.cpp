#include "graph/models/models.hpp"
#include "graph/models/residual.hpp"

namespace fer::graph {

Graph makeCompactResidual(const ModelSpec& spec) {
  constexpr double kSqueezed = 0.125;
  constexpr double kDropped = 0.2;
  return makeResidual(spec,
                      {&addBasicBlock, 24, {{24, 1, 1}, {48, 1, 2}, {96, 1, 2}, {192, 1, 2}}, 0, kSqueezed, kDropped});
}

}  // namespace fer::graph
