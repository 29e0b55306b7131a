#include "graph/models/models.hpp"
#include "graph/models/residual.hpp"

namespace fer::graph {
namespace {

constexpr double kSqueezedInside = 0.0625;  // of the channels inside: a quarter of a block's own
constexpr double kDroppedBeforeHead = 0.2;

}  // namespace

Graph makeCompact200k(const ModelSpec& spec) {
  return makeResidual(spec, {&addInvertedBottleneck,
                             24,
                             {{24, 1, 1}, {32, 2, 2}, {48, 3, 2}, {72, 2, 2}},
                             144,
                             kSqueezedInside,
                             kDroppedBeforeHead});
}

Graph makeCompact50k(const ModelSpec& spec) {
  return makeResidual(spec, {&addInvertedBottleneck,
                             16,
                             {{16, 1, 1}, {24, 1, 2}, {32, 2, 2}, {48, 1, 2}},
                             128,
                             kSqueezedInside,
                             kDroppedBeforeHead});
}

}  // namespace fer::graph
