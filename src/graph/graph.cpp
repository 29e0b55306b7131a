#include "fer/graph/graph.hpp"

#include <algorithm>
#include <stdexcept>

#include "graph/shape_rules.hpp"

namespace fer::graph {

Graph::Graph(ImageShape input) {
  layers_.push_back({"input", Input{}, {}, {input.channels, input.height, input.width}});
}

LayerId Graph::add(std::string name, Operation operation, std::vector<LayerId> inputs) {
  if (std::any_of(layers_.begin(), layers_.end(), [&](const Layer& layer) { return layer.name == name; }))
    throw std::invalid_argument("Graph: two layers named " + name);
  std::vector<Shape> shapes;
  shapes.reserve(inputs.size());
  for (const LayerId id : inputs) shapes.push_back(layer(id).output);
  const Shape output = outputShape(name, operation, shapes);
  layers_.push_back({std::move(name), std::move(operation), std::move(inputs), output});
  return layers_.size() - 1;
}

LayerId Graph::find(const std::string& name) const {
  for (LayerId id = 0; id < layers_.size(); ++id)
    if (layers_[id].name == name) return id;
  throw std::out_of_range("Graph: no layer " + name);
}

std::vector<int> Graph::uses() const {
  std::vector<int> count(layers_.size(), 0);
  for (const Layer& layer : layers_)
    for (const LayerId id : layer.inputs) ++count[id];
  return count;
}

}  // namespace fer::graph
