#pragma once

#include <filesystem>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// The tensors of a file of any format known here, told apart by content: safetensors, or PyTorch's two. What a wrapper
/// around the network ("module.", of DataParallel) put before all names is taken off. Throws Error (bad data).
NamedTensors readAnyFile(const std::filesystem::path& path);

}  // namespace fer::weights
