#include "fer/weights/tensor.hpp"

#include <algorithm>
#include <iterator>
#include <new>

namespace fer::weights {
namespace {

constexpr std::align_val_t kBytesAlignment{64};

struct AlignedDelete {
  void operator()(std::byte* data) const { ::operator delete(data, kBytesAlignment); }
};

struct Info {
  DType dtype;
  const char* name;
  std::size_t size;
};
constexpr Info kInfos[] = {
    {DType::kFloat64, "float64", 8},   {DType::kFloat32, "float32", 4}, {DType::kFloat16, "float16", 2},
    {DType::kBfloat16, "bfloat16", 2}, {DType::kInt64, "int64", 8},     {DType::kInt32, "int32", 4},
    {DType::kInt16, "int16", 2},       {DType::kInt8, "int8", 1},       {DType::kUint8, "uint8", 1},
    {DType::kBool, "bool", 1},
};

const Info& infoOf(DType dtype) {
  return *std::find_if(std::begin(kInfos), std::end(kInfos), [&](const Info& info) { return info.dtype == dtype; });
}

}  // namespace

std::size_t elementSize(DType dtype) {
  return infoOf(dtype).size;
}

const char* nameOf(DType dtype) {
  return infoOf(dtype).name;
}

Bytes::Bytes(std::size_t size)
    : data_(static_cast<std::byte*>(::operator new(size, kBytesAlignment)), AlignedDelete()), size_(size) {}

std::size_t TensorType::byteCount() const {
  std::size_t count = elementSize(dtype);
  for (const std::int64_t side : shape) count *= static_cast<std::size_t>(side);
  return count;
}

}  // namespace fer::weights
