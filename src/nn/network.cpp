#include "fer/nn/network.hpp"

#include <algorithm>
#include <utility>

#include "nn/fusion.hpp"
#include "nn/layer_function.hpp"

namespace fer::nn {

Network::Network(graph::Graph graph, Kernels kernels) : graph_(std::move(graph)), kernels_(kernels) {
  for (const Group& group : fuse(graph_, kernels))
    steps_.push_back({layerFunction(group, graph_, kernels, *this),
                      graph_.layer(group.layers.front()).inputs,
                      group.layers.back(),
                      {}});
  noteLastUses();
}

void Network::noteLastUses() {
  std::vector<bool> wanted_later(graph_.layers().size(), false);
  std::for_each(steps_.rbegin(), steps_.rend(), [&](Step& step) {
    for (const graph::LayerId input : step.inputs) {
      if (!wanted_later[input]) step.done_with.push_back(input);
      wanted_later[input] = true;
    }
  });
}

std::size_t Network::stepAfter(graph::LayerId layer) const {
  const auto step = std::find_if(steps_.begin(), steps_.end(), [&](const Step& one) { return one.output > layer; });
  return static_cast<std::size_t>(step - steps_.begin());
}

at::Tensor Network::run(std::size_t begin, std::size_t end, graph::LayerId from, at::Tensor value) {
  std::vector<at::Tensor> values(graph_.layers().size());
  graph::LayerId last = from;
  values[from] = std::move(value);
  for (std::size_t i = begin; i < end; ++i) {
    const Step& step = steps_[i];
    std::vector<at::Tensor> inputs;
    inputs.reserve(step.inputs.size());
    for (const graph::LayerId input : step.inputs) inputs.push_back(values[input]);
    for (const graph::LayerId input : step.done_with) values[input].reset();
    last = step.output;
    values[last] = step.function(inputs);
  }
  return values[last];
}

at::Tensor Network::forward(at::Tensor images) {
  return run(0, steps_.size(), 0, std::move(images));
}

at::Tensor Network::featureMaps(at::Tensor images) {
  return run(0, stepAfter(graph_.featureMaps()), 0, std::move(images));
}

at::Tensor Network::logitsOf(at::Tensor maps) {
  return run(stepAfter(graph_.featureMaps()), steps_.size(), graph_.featureMaps(), std::move(maps));
}

std::shared_ptr<Network> makeModel(const graph::ModelSpec& spec, Kernels kernels) {
  return std::make_shared<Network>(graph::makeGraph(spec), kernels);
}

std::vector<std::pair<std::string, at::Tensor>> namedState(const Network& network) {
  std::vector<std::pair<std::string, at::Tensor>> state;
  for (const auto& item : network.named_parameters()) state.emplace_back(item.key(), item.value());
  for (const auto& item : network.named_buffers()) state.emplace_back(item.key(), item.value());
  return state;
}

ParameterCount countParameters(const Network& network) {
  ParameterCount count;
  for (const auto& [name, tensor] : namedState(network)) {
    count.total += tensor.numel();
    if (tensor.requires_grad()) count.trainable += tensor.numel();
  }
  return count;
}

}  // namespace fer::nn
