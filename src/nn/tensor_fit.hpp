#pragma once

#include <string>

#include "fer/nn/tensor_file.hpp"

namespace fer::nn {

/// What keeps a file's tensor `name` from being copied into `place`: "missing w", "w is 2x3, expected 3x2"; nothing
/// where it fits.
std::string misfit(const TensorFile& file, const std::string& name, const at::Tensor& place);

}  // namespace fer::nn
