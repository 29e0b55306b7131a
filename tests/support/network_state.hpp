#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "fer/nn/network.hpp"
#include "support/keras_fixture.hpp"

namespace fer::test {

/// What oracles/running_values.py keeps of a tensor: the mean, then the first, the middle and the last.
inline std::vector<double> sample(const at::Tensor& tensor) {
  const at::Tensor wide = tensor.detach().to(at::kDouble).flatten();
  return {wide.mean().item<double>(), wide[0].item<double>(), wide[wide.numel() / 2].item<double>(),
          wide[-1].item<double>()};
}

/// The largest difference between a network's tensors and their samples by name; infinite where it lacks one.
inline double stateDifference(const nn::Network& network, const nlohmann::json& samples) {
  double largest = 0;
  std::size_t compared = 0;
  for (const auto& [name, tensor] : nn::namedState(network)) {
    if (!samples.contains(name)) continue;
    largest = std::max(largest, largestDifference(sample(tensor), numbers(samples.at(name))));
    ++compared;
  }
  return compared == samples.size() ? largest : HUGE_VAL;
}

}  // namespace fer::test
