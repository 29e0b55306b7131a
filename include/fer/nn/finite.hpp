#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

#include "fer/nn/tensor_file.hpp"

namespace fer::nn {

/// Whether a tensor holds neither NaN nor infinity; whole numbers are neither.
bool isFinite(const at::Tensor& tensor);

/// The names of those that are not finite, "bn1.running_var, conv1.weight", no more of them than one reads; empty: all
/// are.
std::string notFinite(const std::vector<std::pair<std::string, at::Tensor>>& tensors);

/// Throws Error (bad data) that starts with `origin` and names the tensors where some of those named are not finite.
void requireFinite(const TensorFile& file, const std::vector<std::string>& names, const std::string& origin);

}  // namespace fer::nn
