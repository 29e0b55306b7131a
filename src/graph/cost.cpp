#include "fer/graph/cost.hpp"

namespace fer::graph {
namespace {

/// Adds a layer's own to a sum.
class Counter {
 public:
  Counter(const Graph& graph, const Layer& layer, Cost& sum) : graph_(graph), layer_(layer), sum_(sum) {}

  void operator()(const Convolution& layer) {
    const std::int64_t weights = input().channels / layer.groups * layer.kernel * layer.kernel * layer.channels;
    addTrained(weights + (layer.bias ? layer.channels : 0));
    sum_.flop += 2.0 * static_cast<double>(weights) * static_cast<double>(layer_.output.height * layer_.output.width);
  }
  void operator()(const Dense& layer) {
    const std::int64_t weights = input().channels * layer.features;
    addTrained(weights + layer.features);
    sum_.flop += 2.0 * static_cast<double>(weights);
  }
  void operator()(const BatchNorm&) {
    sum_.parameters += 4 * input().channels;
    sum_.trainable += 2 * input().channels;
  }
  void operator()(const auto&) {}

 private:
  const Shape& input() const { return graph_.layer(layer_.inputs.front()).output; }
  void addTrained(std::int64_t numbers) {
    sum_.parameters += numbers;
    sum_.trainable += numbers;
  }

  const Graph& graph_;
  const Layer& layer_;
  Cost& sum_;
};

}  // namespace

Cost costOf(const Graph& graph) {
  Cost sum;
  for (const Layer& layer : graph.layers()) {
    std::visit(Counter(graph, layer, sum), layer.operation);
    sum.activations += layer.output.size();
  }
  return sum;
}

}  // namespace fer::graph
