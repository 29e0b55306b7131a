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
constexpr ElementType kElementTypes[] = {{at::kFloat, DType::kFloat32}, {at::kLong, DType::kInt64}};

at::ScalarType scalarOf(DType dtype) {
  for (const ElementType& type : kElementTypes)
    if (type.dtype == dtype) return type.scalar;
  TORCH_CHECK(false, "fromBytes: unknown element type");
}

weights::TensorType typeOf(const std::string& name, const at::Tensor& tensor) {
  for (const ElementType& type : kElementTypes)
    if (type.scalar == tensor.scalar_type()) return {type.dtype, tensor.sizes().vec()};
  TORCH_CHECK(false, "writeTensors: ", name, " is neither float32 nor int64");
}

weights::Bytes bytesOf(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.detach().cpu().contiguous();
  // The deleter holds the tensor.
  std::shared_ptr<std::byte> data(static_cast<std::byte*>(plain.data_ptr()), [plain](std::byte*) {});
  return {std::move(data), plain.nbytes()};
}

}  // namespace

TensorFile fromBytes(const weights::NamedTensors& content) {
  TensorFile file{{}, content.metadata};
  for (const auto& [name, tensor] : content.tensors)
    file.tensors.emplace(name, at::from_blob(
                                   tensor.bytes.data(), tensor.type.shape, [held = tensor.bytes](void*) {},
                                   at::dtype(scalarOf(tensor.type.dtype))));
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
