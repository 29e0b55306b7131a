#include "graph/models/models.hpp"
#include "graph/models/residual.hpp"

namespace fer::graph {

Graph makeResnet18(const ModelSpec& spec) {
  return makeResidual(spec, {&addBasicBlock, 64, {{64, 2, 1}, {128, 2, 2}, {256, 2, 2}, {512, 2, 2}}});
}

}  // namespace fer::graph
