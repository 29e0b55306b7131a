#include "nn/fusion.hpp"

#include <optional>

#include "nn/layers/layers.hpp"

namespace fer::nn {
namespace {

using graph::LayerId;

class Fusion {
 public:
  explicit Fusion(const graph::Graph& graph) : graph_(graph), uses_(graph.uses()) {}

  Group startingAt(LayerId first) const {
    if (const auto* const norm = as<graph::BatchNorm>(first); norm != nullptr && !graph_.layer(first).output.vector) {
      const std::optional<LayerId> relu = next<graph::Relu>(first);
      if (const auto pool = relu && norm->epsilon == kNormEpsilon ? halvingAfter(*relu) : std::nullopt)
        return {Group::Kind::kNormReluMaxPool, {first, *relu, *pool}};
      if (relu) return {Group::Kind::kNormRelu, {first, *relu}};
    }
    if (const auto* const conv = as<graph::Convolution>(first); conv != nullptr && conv->bias) {
      if (const std::optional<LayerId> relu = next<graph::Relu>(first)) {
        if (const auto pool = halvingAfter(*relu)) return {Group::Kind::kConvReluMaxPool, {first, *relu, *pool}};
        return {Group::Kind::kConvRelu, {first, *relu}};
      }
    }
    if (as<graph::GlobalMeanPool>(first) != nullptr)
      if (const auto gate = gateFrom(first)) return *gate;
    if (as<graph::Add>(first) != nullptr && mayChangeInput(first))
      if (const auto relu = next<graph::Relu>(first)) return {Group::Kind::kAddRelu, {first, *relu}};
    if (as<graph::Relu>(first) != nullptr && mayChangeInput(first))
      if (const auto pool = halvingAfter(first)) return {Group::Kind::kReluMaxPool, {first, *pool}};
    return {Group::Kind::kSingle, {first}};
  }

 private:
  template <class Operation>
  const Operation* as(LayerId id) const {
    return std::get_if<Operation>(&graph_.layer(id).operation);
  }

  /// The layer after `id`, where it is of that kind and nobody else wants what `id` gives.
  template <class Operation>
  std::optional<LayerId> next(LayerId id) const {
    const LayerId follower = id + 1;
    const bool chained = follower < graph_.layers().size() && uses_[id] == 1 && id != graph_.featureMaps() &&
                         graph_.layer(follower).inputs == std::vector<LayerId>{id};
    return chained && as<Operation>(follower) != nullptr ? std::optional(follower) : std::nullopt;
  }

  std::optional<LayerId> halvingAfter(LayerId id) const {
    const std::optional<LayerId> pool = next<graph::MaxPool>(id);
    return pool && halves(*as<graph::MaxPool>(*pool)) ? pool : std::nullopt;
  }

  /// Squeeze-and-excite: maps times what two dense layers make of their means.
  std::optional<Group> gateFrom(LayerId mean) const {
    const std::optional<LayerId> reduce = next<graph::Dense>(mean);
    const std::optional<LayerId> relu = reduce ? next<graph::Relu>(*reduce) : std::nullopt;
    const std::optional<LayerId> expand = relu ? next<graph::Dense>(*relu) : std::nullopt;
    const std::optional<LayerId> gate = expand ? next<graph::Sigmoid>(*expand) : std::nullopt;
    if (!gate) return std::nullopt;
    const LayerId scale = *gate + 1;
    if (scale >= graph_.layers().size() || as<graph::Scale>(scale) == nullptr || uses_[*gate] != 1 ||
        *gate == graph_.featureMaps() ||
        graph_.layer(scale).inputs != std::vector<LayerId>{graph_.layer(mean).inputs.front(), *gate})
      return std::nullopt;
    return Group{Group::Kind::kGate, {mean, *reduce, *relu, *expand, *gate, scale}};
  }

  bool mayChangeInput(LayerId id) const {
    const LayerId input = graph_.layer(id).inputs.front();
    return uses_[input] == 1 && input != 0;
  }

  const graph::Graph& graph_;
  std::vector<int> uses_;
};

}  // namespace

std::vector<Group> fuse(const graph::Graph& graph, Kernels kernels) {
  const Fusion fusion(graph);
  std::vector<Group> groups;
  for (LayerId id = 1; id < graph.layers().size(); id = groups.back().layers.back() + 1)
    groups.push_back(kernels == Kernels::kFast ? fusion.startingAt(id) : Group{Group::Kind::kSingle, {id}});
  return groups;
}

}  // namespace fer::nn
