#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "fer/weights/tensor.hpp"

namespace fer::nn {

/// weights::NamedTensors in LibTorch's terms.
struct TensorFile {
  std::map<std::string, at::Tensor> tensors;  ///< float32 or whole numbers
  weights::Metadata metadata;
  std::vector<std::string> notes = {};  ///< weights::NamedTensors::notes
};

/// Contiguous tensors on the CPU, which keep the bytes alive and share them. Other floating-point types become float32
/// in memory of their own, and the notes say so.
TensorFile fromBytes(const weights::NamedTensors& content);

/// Shares the memory of tensors that are contiguous and on the CPU, and copies the others.
weights::NamedTensors toBytes(const TensorFile& content);

/// As a safetensors file, as weights::writeSafetensors does: of tensors in another layout or on a GPU one at a time is
/// copied.
void writeTensors(const std::filesystem::path& path, const TensorFile& content);

/// A safetensors file, as weights::readSafetensors reads it.
TensorFile readTensors(const std::filesystem::path& path);

}  // namespace fer::nn
