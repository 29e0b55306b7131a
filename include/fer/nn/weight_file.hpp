#pragma once

#include <filesystem>

#include "fer/nn/safetensors.hpp"

namespace fer::nn {

/// The tensors of a weights file of any format known here, told apart by content: safetensors, or PyTorch's two.
/// Throws Error (bad data).
TensorFile readWeights(const std::filesystem::path& path);

}  // namespace fer::nn
