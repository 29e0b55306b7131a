#pragma once

#include <functional>
#include <memory>
#include <span>

#include "fer/nn/network.hpp"
#include "nn/fusion.hpp"

namespace fer::nn {

/// What a group of layers computes of its inputs. Its tensors are registered in `network` under the layers' names.
std::function<at::Tensor(std::span<const at::Tensor>)> layerFunction(const Group& group, const graph::Graph& graph,
                                                                     Kernels kernels, Network& network);

}  // namespace fer::nn
