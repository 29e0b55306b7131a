#pragma once

#include <cstdint>
#include <filesystem>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// The tensors of a file of either format, which is known to exist and to have `size` bytes. Both throw TorchRefusal.
NamedTensors readTorchZip(const std::filesystem::path& path, std::uint64_t size);
NamedTensors readTorchLegacy(const std::filesystem::path& path, std::uint64_t size);

}  // namespace fer::weights
