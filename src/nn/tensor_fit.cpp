#include "nn/tensor_fit.hpp"

namespace fer::nn {
namespace {

std::string shapeText(const at::Tensor& tensor) {
  std::string text;
  for (const std::int64_t side : tensor.sizes()) text += (text.empty() ? "" : "x") + std::to_string(side);
  return text.empty() ? "scalar" : text;
}

}  // namespace

std::string misfit(const TensorFile& file, const std::string& name, const at::Tensor& place) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end()) return "missing " + name;
  const at::Tensor& tensor = found->second;
  if (tensor.sizes() != place.sizes()) return name + " is " + shapeText(tensor) + ", expected " + shapeText(place);
  return tensor.scalar_type() == at::kFloat ? "" : name + " holds whole numbers, expected float32";
}

}  // namespace fer::nn
