#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// The tensors of a file of either format, which is known to exist and to have `size` bytes. Both throw TorchRefusal.
std::map<std::string, Tensor> readTorchZip(const std::filesystem::path& path, std::uint64_t size);
std::map<std::string, Tensor> readTorchLegacy(const std::filesystem::path& path, std::uint64_t size);

}  // namespace fer::weights
