#include "fer/nn/network.hpp"

namespace fer::nn {

at::Tensor Network::forward(at::Tensor images) {
  for (const auto& step : steps_) images = step(images);
  return images;
}

std::vector<std::pair<std::string, at::Tensor>> namedState(const Network& network) {
  std::vector<std::pair<std::string, at::Tensor>> state;
  for (const auto& item : network.named_parameters()) state.emplace_back(item.key(), item.value());
  for (const auto& item : network.named_buffers())
    if (!item.key().ends_with("num_batches_tracked")) state.emplace_back(item.key(), item.value());
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
