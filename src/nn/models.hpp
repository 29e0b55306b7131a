#pragma once

#include <memory>

#include "fer/nn/model_table.hpp"

namespace fer::nn {

/// Four levels of convolution, batch norm, ReLU, pooling, dropout; two dense layers. Source: the original project.
std::shared_ptr<Network> makeGeneric(const ModelSpec& spec);

/// Three blocks of 2, 2 and 4 convolutions with 64, 128 and 256 channels; two dense layers. Source: the original
/// project.
std::shared_ptr<Network> makeVggBlock(const ModelSpec& spec);

}  // namespace fer::nn
