#include "fer/nn/tensor_file.hpp"

#include <ATen/ATen.h>

#include "fer/weights/safetensors.hpp"

namespace fer::nn {
namespace {

using weights::DType;

struct ElementType {
  at::ScalarType scalar;
  DType dtype;
};
constexpr ElementType kElementTypes[] = {
    {at::kDouble, DType::kFloat64},    {at::kFloat, DType::kFloat32}, {at::kHalf, DType::kFloat16},
    {at::kBFloat16, DType::kBfloat16}, {at::kLong, DType::kInt64},    {at::kInt, DType::kInt32},
    {at::kShort, DType::kInt16},       {at::kChar, DType::kInt8},     {at::kByte, DType::kUint8},
    {at::kByte, DType::kBool},  // whose bytes need not be 0 or 1 in a stranger's file
};

at::ScalarType scalarOf(DType dtype) {
  for (const ElementType& type : kElementTypes)
    if (type.dtype == dtype) return type.scalar;
  TORCH_CHECK(false, "fromBytes: unknown element type");
}

weights::TensorType typeOf(const std::string& name, const at::Tensor& tensor) {
  for (const ElementType& type : kElementTypes)
    if (type.scalar == tensor.scalar_type()) return {type.dtype, tensor.sizes().vec()};
  TORCH_CHECK(false, "writeTensors: ", name, " has an element type that no weights file has");
}

weights::Bytes bytesOf(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.detach().cpu().contiguous();
  // The deleter holds the tensor.
  std::shared_ptr<std::byte> data(static_cast<std::byte*>(plain.data_ptr()), [plain](std::byte*) {});
  return {std::move(data), plain.nbytes()};
}

at::Tensor sharing(const weights::Tensor& tensor) {
  return at::from_blob(
      tensor.bytes.data(), tensor.type.shape, [held = tensor.bytes](void*) {}, at::dtype(scalarOf(tensor.type.dtype)));
}

}  // namespace

TensorFile fromBytes(const weights::NamedTensors& content) {
  TensorFile file{{}, content.metadata, content.notes};
  std::map<DType, int> widened;
  for (const auto& [name, tensor] : content.tensors) {
    at::Tensor values = sharing(tensor);
    if (values.is_floating_point() && values.scalar_type() != at::kFloat) {
      values = values.to(at::kFloat);
      ++widened[tensor.type.dtype];
    }
    file.tensors.emplace(name, std::move(values));
  }
  for (const auto& [dtype, count] : widened)
    file.notes.push_back("read " + std::to_string(count) + " " + weights::nameOf(dtype) + " tensors as float32");
  return file;
}

weights::NamedTensors toBytes(const TensorFile& content) {
  weights::NamedTensors file{{}, content.metadata};
  for (const auto& [name, tensor] : content.tensors)
    file.tensors.emplace(name, weights::Tensor{typeOf(name, tensor), bytesOf(tensor)});
  return file;
}

void writeTensors(const std::filesystem::path& path, const TensorFile& content) {
  std::map<std::string, weights::TensorType> types;
  for (const auto& [name, tensor] : content.tensors) types.emplace(name, typeOf(name, tensor));
  weights::writeSafetensors(path, types, content.metadata,
                            [&](const std::string& name) { return bytesOf(content.tensors.at(name)); });
}

TensorFile readTensors(const std::filesystem::path& path) {
  return fromBytes(weights::readSafetensors(path));
}

}  // namespace fer::nn
