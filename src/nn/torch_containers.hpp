#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace fer::nn {

/// The tensors of a file of either format, which is known to exist and to have `size` bytes. Both throw TorchRefusal.
std::map<std::string, at::Tensor> readTorchZip(const std::filesystem::path& path, std::uint64_t size);
std::map<std::string, at::Tensor> readTorchLegacy(const std::filesystem::path& path, std::uint64_t size);

}  // namespace fer::nn
