#include "train/hooks/kept_weights.hpp"

#include "fer/core/error.hpp"
#include "fer/nn/checkpoint.hpp"

namespace fer::train {

void saveKept(const KeptWeights& weights, const std::string& owner, nn::TensorFile& file) {
  for (const auto& [name, tensor] : weights) file.tensors[owner + "/" + name] = tensor;
}

KeptWeights restoreKept(const std::string& owner, const nn::TensorFile& file) {
  const std::string prefix = owner + "/";
  KeptWeights weights;
  for (const auto& [name, tensor] : file.tensors)
    if (name.starts_with(prefix)) weights[name.substr(prefix.size())] = tensor;
  if (weights.empty()) return weights;
  for (const auto& [name, tensor] : file.tensors) {
    if (nn::isTrainingState(name)) continue;
    const auto found = weights.find(name);
    if (found == weights.end() || found->second.sizes() != tensor.sizes())
      throw dataError("the training state is damaged: " + prefix + name +
                      " is missing or misshaped. Use another checkpoint.");
  }
  return weights;
}

}  // namespace fer::train
