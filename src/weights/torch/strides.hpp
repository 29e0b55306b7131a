#pragma once

#include <cstdint>
#include <vector>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// How far apart in memory, in elements, the neighbours along each side of a tensor are.
using Strides = std::vector<std::int64_t>;

/// Of numbers without gaps. As in PyTorch a side of 0 counts as 1.
Strides rowMajorStrides(const std::vector<std::int64_t>& shape);

/// Whether numbers that lie so are in row-major order without gaps; the stride of a side of 1 does not matter.
bool isRowMajor(const std::vector<std::int64_t>& shape, const Strides& strides);

/// A copy in row-major order of the numbers that begin at element `offset` of `storage` and lie as `strides` say, all
/// within it.
Bytes gathered(const TensorType& type, const Strides& strides, std::int64_t offset, const Bytes& storage);

}  // namespace fer::weights
