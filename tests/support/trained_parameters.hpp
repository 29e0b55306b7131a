#pragma once

#include <vector>

#include "fer/nn/network.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::test {

/// What an optimiser of a network without frozen layers changes.
inline std::vector<train::TrainedParameter> trainedParameters(const nn::Network& network) {
  std::vector<train::TrainedParameter> parameters;
  for (const auto& [name, tensor] : nn::namedState(network))
    if (tensor.requires_grad()) parameters.push_back({name, tensor});
  return parameters;
}

}  // namespace fer::test
