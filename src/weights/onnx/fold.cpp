#include "weights/onnx/fold.hpp"

#include <cmath>
#include <stdexcept>

namespace fer::weights {

using graph::LayerId;

FoldedWeights::FoldedWeights(const graph::Graph& graph, const std::map<std::string, Tensor>& tensors)
    : graph_(graph), tensors_(tensors) {
  const std::vector<int> uses = graph.uses();
  for (LayerId id = 1; id < graph.layers().size(); ++id) {
    const graph::Layer& layer = graph.layer(id);
    const LayerId input = layer.inputs.front();
    const std::int64_t in = graph.layer(input).output.channels;
    const std::int64_t out = layer.output.channels;
    const auto numbers = [&](const char* part, std::int64_t count) {
      const std::span<const float> values = tensor(id, part, count);
      return std::vector<float>(values.begin(), values.end());
    };
    if (const auto* const convolution = std::get_if<graph::Convolution>(&layer.operation))
      kernels_[id] = {numbers("weight", out * (in / convolution->groups) * convolution->kernel * convolution->kernel),
                      convolution->bias ? numbers("bias", out) : std::vector<float>(static_cast<std::size_t>(out))};
    else if (std::holds_alternative<graph::Dense>(layer.operation))
      kernels_[id] = {numbers("weight", out * in), numbers("bias", out)};
    else if (const auto* const norm = std::get_if<graph::BatchNorm>(&layer.operation);
             norm != nullptr && uses[input] == 1 && kernels_.contains(input)) {
      fold(id, norm->epsilon, kernels_.at(input));
      folded_[id] = input;
    }
  }
}

std::optional<LayerId> FoldedWeights::foldedInto(LayerId id) const {
  const auto found = folded_.find(id);
  return found == folded_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const float> FoldedWeights::tensor(LayerId id, const char* part, std::int64_t count) const {
  const std::string name = graph_.layer(id).name + "." + part;
  const auto found = tensors_.find(name);
  const auto size = static_cast<std::size_t>(count);
  if (found == tensors_.end() || found->second.type.dtype != DType::kFloat32 ||
      found->second.type.byteCount() != size * sizeof(float))
    throw std::invalid_argument("onnxModel: no float32 tensor " + name + " of " + std::to_string(count) + " numbers");
  return {reinterpret_cast<const float*>(found->second.bytes.data()), size};
}

void FoldedWeights::fold(LayerId norm, double epsilon, Kernel& kernel) const {
  const std::size_t outputs = kernel.bias.size();
  const auto part = [&](const char* name) { return tensor(norm, name, static_cast<std::int64_t>(outputs)); };
  const std::span<const float> weight = part("weight");
  const std::span<const float> offset = part("bias");
  const std::span<const float> mean = part("running_mean");
  const std::span<const float> variance = part("running_var");
  const std::size_t inputs = kernel.weight.size() / outputs;
  for (std::size_t o = 0; o < outputs; ++o) {
    const double scale = weight[o] / std::sqrt(static_cast<double>(variance[o]) + epsilon);
    for (float& value : std::span(kernel.weight).subspan(o * inputs, inputs)) value = static_cast<float>(value * scale);
    kernel.bias[o] = static_cast<float>((static_cast<double>(kernel.bias[o]) - mean[o]) * scale + offset[o]);
  }
}

}  // namespace fer::weights
