#include "fer/nn/network.hpp"

#include <utility>

namespace fer::nn {

at::Tensor Network::run(std::size_t begin, std::size_t end, at::Tensor values) {
  for (std::size_t i = begin; i < end; ++i) values = steps_[i](values);
  return values;
}

at::Tensor Network::forward(at::Tensor images) {
  return run(0, steps_.size(), std::move(images));
}

at::Tensor Network::featureMaps(at::Tensor images) {
  return run(0, marked_, std::move(images));
}

at::Tensor Network::logitsOf(at::Tensor maps) {
  return run(marked_, steps_.size(), std::move(maps));
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
