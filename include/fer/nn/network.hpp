#pragma once

#include <ATen/core/Tensor.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fer/graph/models/table.hpp"
#include "fer/nn/kernels.hpp"

namespace fer::nn {

/// Which step of a training a forward pass belongs to; the draws of dropout and
/// stochastic depth depend on nothing else.
struct StepPosition {
  std::uint32_t seed = 0;
  std::uint32_t epoch = 0;
  std::uint32_t step = 0;
  std::uint32_t first_image = 0;  ///< place of the pass' first image in the step's batch, where processes share one
};

/// Where several processes share a batch: how batch norms come to the statistics of all its images in training.
struct BatchStatistics {
  std::function<void(at::Tensor& numbers)> sum;  ///< makes them the sums over all processes; empty: each takes its own
};

/// A graph in LibTorch: N x C x H x W float images in, N x classes logits out. Parameters and buffers carry the names
/// of the graph's layers ("conv1.weight"), which are part of the file format. One thread at a time; LibTorch's own
/// threads work inside.
class Network : public torch::nn::Module {
 public:
  /// Weights are not yet set; see layers/initialise.hpp and checkpoint.hpp.
  explicit Network(graph::Graph graph, Kernels kernels = Kernels::kFast);

  virtual at::Tensor forward(at::Tensor images);

  /// forward() in two halves: N x C x H x W feature maps, those of graph().featureMaps(), then the logits that follow
  /// from them. The logits are the same where the maps are rectified in between.
  at::Tensor featureMaps(at::Tensor images);
  at::Tensor logitsOf(at::Tensor maps);

  const graph::Graph& graph() const { return graph_; }
  Kernels kernels() const { return kernels_; }

  /// Shared with the layers that draw; whoever trains moves it on before each forward pass.
  const std::shared_ptr<StepPosition>& position() const { return position_; }

  /// Shared with the batch norms.
  const std::shared_ptr<BatchStatistics>& statistics() const { return statistics_; }

 private:
  /// One layer, or several that are computed at once.
  struct Step {
    std::function<at::Tensor(std::span<const at::Tensor>)> function;
    std::vector<graph::LayerId> inputs;
    graph::LayerId output;
    std::vector<graph::LayerId> done_with;  ///< inputs that no later step takes
  };

  void noteLastUses();
  std::size_t stepAfter(graph::LayerId layer) const;
  at::Tensor run(std::size_t begin, std::size_t end, graph::LayerId from, at::Tensor value);

  graph::Graph graph_;
  Kernels kernels_;
  std::shared_ptr<StepPosition> position_ = std::make_shared<StepPosition>();
  std::shared_ptr<BatchStatistics> statistics_ = std::make_shared<BatchStatistics>();
  std::vector<Step> steps_;
};

/// The network of spec.name with its weights not yet set. Throws Error (usage) as graph::makeGraph does.
std::shared_ptr<Network> makeModel(const graph::ModelSpec& spec, Kernels kernels = Kernels::kFast);

/// Parameters, then buffers, by name. The tensors are the network's own, not copies.
std::vector<std::pair<std::string, at::Tensor>> namedState(const Network& network);

/// Numbers in the network as Keras counts them: weights and buffers; and those that training changes by gradient.
struct ParameterCount {
  std::int64_t total = 0;
  std::int64_t trainable = 0;
};
ParameterCount countParameters(const Network& network);

}  // namespace fer::nn
