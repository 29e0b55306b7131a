#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fer/graph/graph.hpp"
#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// The numbers of a graph's layers as an exported model has them.
class FoldedWeights {
 public:
  /// Takes each batch norm into the convolution or dense layer whose output it alone takes: with scale s = weight /
  /// sqrt(running_var + epsilon), kernels become s times themselves and biases (bias - running_mean) s + offset.
  /// Source: Ioffe and Szegedy 2015, section 3.1. Throws std::invalid_argument for a tensor that is missing or
  /// misshaped.
  FoldedWeights(const graph::Graph& graph, const std::map<std::string, Tensor>& tensors);

  /// Of a convolution or dense layer.
  struct Kernel {
    std::vector<float> weight;  ///< out x in x ..., as the tensor is
    std::vector<float> bias;    ///< one an output, 0 where the layer has none
  };
  const Kernel& kernel(graph::LayerId id) const { return kernels_.at(id); }

  /// Of a batch norm that is no longer there, the layer that it went into; otherwise none.
  std::optional<graph::LayerId> foldedInto(graph::LayerId id) const;

  /// The numbers of any layer's tensor, "weight" or "running_var".
  std::span<const float> tensor(graph::LayerId id, const char* part, std::int64_t count) const;

 private:
  void fold(graph::LayerId norm, double epsilon, Kernel& kernel) const;

  const graph::Graph& graph_;
  const std::map<std::string, Tensor>& tensors_;
  std::map<graph::LayerId, Kernel> kernels_;
  std::map<graph::LayerId, graph::LayerId> folded_;
};

}  // namespace fer::weights
