#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "fer/nn/tensor_file.hpp"

namespace fer::train {

/// A network's weights and buffers, by name, that a hook keeps beside those that are trained.
using KeptWeights = std::map<std::string, at::Tensor>;

/// Into a checkpoint, as "OWNER/NAME".
void saveKept(const KeptWeights& weights, const std::string& owner, nn::TensorFile& file);

/// Out of it, on the CPU; empty where it holds none. Throws Error (bad data) where it holds some, but not the model's
/// all: better now than when they are wanted.
KeptWeights restoreKept(const std::string& owner, const nn::TensorFile& file);

}  // namespace fer::train
