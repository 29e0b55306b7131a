#include "fer/weights/tensor.hpp"

#include <new>

namespace fer::weights {
namespace {

constexpr std::align_val_t kBytesAlignment{64};

struct AlignedDelete {
  void operator()(std::byte* data) const { ::operator delete(data, kBytesAlignment); }
};

}  // namespace

std::size_t elementSize(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return 4;
    case DType::kInt64:
      return 8;
  }
  return 0;
}

Bytes::Bytes(std::size_t size)
    : data_(static_cast<std::byte*>(::operator new(size, kBytesAlignment)), AlignedDelete()), size_(size) {}

std::size_t TensorType::byteCount() const {
  std::size_t count = elementSize(dtype);
  for (const std::int64_t side : shape) count *= static_cast<std::size_t>(side);
  return count;
}

}  // namespace fer::weights
