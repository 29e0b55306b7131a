#include "weights/torch/strides.hpp"

#include <algorithm>
#include <cstring>

namespace fer::weights {

Strides rowMajorStrides(const std::vector<std::int64_t>& shape) {
  Strides strides(shape.size());
  std::int64_t step = 1;
  for (std::size_t side = shape.size(); side-- > 0;) {
    strides[side] = step;
    step *= std::max<std::int64_t>(shape[side], 1);
  }
  return strides;
}

bool isRowMajor(const std::vector<std::int64_t>& shape, const Strides& strides) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return true;
  const Strides expected = rowMajorStrides(shape);
  for (std::size_t side = 0; side < shape.size(); ++side)
    if (shape[side] != 1 && strides[side] != expected[side]) return false;
  return true;
}

Bytes gathered(const TensorType& type, const Strides& strides, std::int64_t offset, const Bytes& storage) {
  const Bytes bytes(type.byteCount());
  const auto width = static_cast<std::int64_t>(elementSize(type.dtype));
  std::vector<std::int64_t> index(type.shape.size(), 0);
  for (std::byte* to = bytes.data(); to != bytes.data() + bytes.size(); to += width) {
    std::memcpy(to, storage.data() + offset * width, static_cast<std::size_t>(width));
    // As an odometer turns: the last side first, each that comes round turns the one before it.
    for (std::size_t side = index.size(); side-- > 0;) {
      offset += strides[side];
      if (++index[side] < type.shape[side]) break;
      offset -= strides[side] * type.shape[side];
      index[side] = 0;
    }
  }
  return bytes;
}

}  // namespace fer::weights
