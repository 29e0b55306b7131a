#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

// Format: 8 bytes of header length (little endian), a JSON header, the tensors' bytes one after the other without gaps.
// Source: github.com/huggingface/safetensors, format 0.x.

/// Gives the bytes of the tensor of that name, type.byteCount() of them.
using BytesOf = std::function<Bytes(const std::string& name)>;

/// Written whole or not at all. `bytes_of` is asked once for each tensor, when its turn has come, and what it gave is
/// let go of before the next: not all of them need to stand in memory. Throws Error where it cannot be written.
void writeSafetensors(const std::filesystem::path& path, const std::map<std::string, TensorType>& types,
                      const Metadata& metadata, const BytesOf& bytes_of);
void writeSafetensors(const std::filesystem::path& path, const NamedTensors& content);

/// Throws Error (bad data) that names path and fault where the file is missing, truncated, oversized, has overlapping
/// or missing bytes, an element type that DType lacks, or no valid header. Memory is bounded by the file's size.
NamedTensors readSafetensors(const std::filesystem::path& path);

}  // namespace fer::weights
