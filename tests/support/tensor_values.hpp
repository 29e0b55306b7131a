#pragma once

#include <cstring>
#include <vector>

#include "fer/weights/tensor.hpp"

namespace fer::test {

inline weights::DType dtypeOf(float) {
  return weights::DType::kFloat32;
}
inline weights::DType dtypeOf(std::int64_t) {
  return weights::DType::kInt64;
}

inline weights::DType dtypeOf(std::uint8_t) {
  return weights::DType::kUint8;
}

template <typename T>
weights::Tensor tensorOf(std::vector<std::int64_t> shape, const std::vector<T>& values) {
  const weights::Bytes bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return {{dtypeOf(T()), std::move(shape)}, bytes};
}

/// The numbers of a tensor whose element type is T's.
template <typename T>
std::vector<T> valuesOf(const weights::Tensor& tensor) {
  std::vector<T> values(tensor.bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

/// Type, shape and every bit.
inline bool same(const weights::Tensor& a, const weights::Tensor& b) {
  return a.type.dtype == b.type.dtype && a.type.shape == b.type.shape && a.bytes.size() == b.bytes.size() &&
         (a.bytes.size() == 0 || std::memcmp(a.bytes.data(), b.bytes.data(), a.bytes.size()) == 0);
}

}  // namespace fer::test
