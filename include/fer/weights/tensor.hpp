#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fer::weights {

enum class DType : std::uint8_t {
  kFloat64,
  kFloat32,
  kFloat16,
  kBfloat16,
  kInt64,
  kInt32,
  kInt16,
  kInt8,
  kUint8,
  kBool,  ///< a byte
};

std::size_t elementSize(DType dtype);  ///< in bytes
const char* nameOf(DType dtype);       ///< "float32", as PyTorch calls it

/// A block of memory that lives as long as anybody holds it: copies share the bytes. Its own is aligned for vector
/// instructions. Any number of threads may read it.
class Bytes {
 public:
  Bytes() = default;
  /// New ones, of any value. Throws std::bad_alloc.
  explicit Bytes(std::size_t size);
  /// Somebody else's, who lets go of them when the pointer's deleter is called.
  Bytes(std::shared_ptr<std::byte> data, std::size_t size) : data_(std::move(data)), size_(size) {}

  std::byte* data() const { return data_.get(); }
  std::size_t size() const { return size_; }

 private:
  std::shared_ptr<std::byte> data_;
  std::size_t size_ = 0;
};

/// What a tensor is besides its numbers.
struct TensorType {
  DType dtype = DType::kFloat32;
  std::vector<std::int64_t> shape;  ///< each side >= 0; none: a scalar

  std::size_t byteCount() const;
};

/// Numbers in row-major order, little-endian, without gaps.
struct Tensor {
  TensorType type;
  Bytes bytes;  ///< type.byteCount() of them
};

using Metadata = std::map<std::string, std::string>;

/// What a weights file holds.
struct NamedTensors {
  std::map<std::string, Tensor> tensors;
  Metadata metadata;
  /// What reading did besides, for the log: "opened its entry \"state_dict\"".
  std::vector<std::string> notes = {};
};

}  // namespace fer::weights
