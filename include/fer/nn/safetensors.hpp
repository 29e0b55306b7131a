#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>

namespace fer::nn {

/// Named tensors and texts as a safetensors file holds them. Format: 8 bytes of header length (little endian), a JSON
/// header, the tensors' bytes one after the other without gaps. Source: github.com/huggingface/safetensors, format 0.x.
struct TensorFile {
  std::map<std::string, at::Tensor> tensors;  ///< float32 or int64, contiguous, on the CPU
  std::map<std::string, std::string> metadata;
};

/// Written whole or not at all. Throws Error where it cannot be.
void writeTensors(const std::filesystem::path& path, const TensorFile& content);

/// Throws Error (bad data) that names path and fault where the file is missing, truncated, oversized, has overlapping
/// or missing bytes, another element type than F32, or no valid header. Memory is bounded by the file's size.
TensorFile readTensors(const std::filesystem::path& path);

}  // namespace fer::nn
