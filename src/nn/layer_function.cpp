#include "nn/layer_function.hpp"

#include <ATen/ATen.h>

#include "nn/layers/conv_relu.hpp"
#include "nn/layers/gate.hpp"
#include "nn/layers/layers.hpp"
#include "nn/layers/norm_relu_max_pool.hpp"
#include "nn/layers/relu.hpp"
#include "nn/layers/relu_max_pool.hpp"
#include "nn/layers/stochastic_depth.hpp"

namespace fer::nn {
namespace {

using graph::Layer;
using Inputs = std::span<const at::Tensor>;
using Function = std::function<at::Tensor(Inputs)>;

/// "layer1.0.conv1" becomes conv1 in 0 in layer1; what holds others has no tensors of its own.
template <class Module>
std::shared_ptr<Module> registered(torch::nn::Module& within, const std::string& name, std::shared_ptr<Module> module) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return within.register_module(name, std::move(module));
  const std::string first = name.substr(0, dot);
  const auto children = within.named_children();
  const std::shared_ptr<torch::nn::Module> holder =
      children.contains(first) ? children[first] : within.register_module(first, std::make_shared<torch::nn::Module>());
  return registered(*holder, name.substr(dot + 1), std::move(module));
}

/// (x - mean) / deviation, a channel at a time: numbers, not tensors, so that no device has to be known.
at::Tensor normalise(const at::Tensor& images, const graph::Normalise& by) {
  std::vector<at::Tensor> planes;
  for (std::size_t i = 0; i < by.mean.size(); ++i)
    planes.push_back(images.narrow(1, static_cast<std::int64_t>(i), 1).sub(by.mean[i]).div(by.deviation[i]));
  return at::cat(planes, 1);
}

/// Of a single layer; one function an operation.
class Single {
 public:
  Single(const graph::Graph& graph, const Layer& layer, Kernels kernels, Network& network)
      : graph_(graph), layer_(layer), kernels_(kernels), network_(network) {}

  Function operator()(const graph::Input&) const { throw std::invalid_argument("the input is no layer to compute"); }
  Function operator()(const graph::Convolution& it) const { return forwardOf(convolution(it)); }
  Function operator()(const graph::Dense& it) const {
    return forwardOf(std::make_shared<Dense>(in().channels, it.features, kernels_));
  }
  Function operator()(const graph::BatchNorm& it) const {
    if (in().vector)
      return forwardOf(std::make_shared<DenseBatchNorm>(in().channels, network_.statistics(), it.epsilon));
    return forwardOf(imageNorm(it));
  }
  Function operator()(const graph::Relu&) const {
    if (mayChange(0)) return [](Inputs inputs) { return reluInPlace(inputs[0]); };
    return [](Inputs inputs) { return at::relu(inputs[0]); };
  }
  Function operator()(const graph::Sigmoid&) const {
    return [](Inputs inputs) { return at::sigmoid(inputs[0]); };
  }
  Function operator()(const graph::MaxPool& it) const {
    if (halves(it) && kernels_ == Kernels::kFast) return [](Inputs inputs) { return maxPool2(inputs[0]); };
    return [it](Inputs inputs) {
      return at::max_pool2d(inputs[0], {it.window, it.window}, {it.stride, it.stride}, {it.padding, it.padding});
    };
  }
  Function operator()(const graph::GlobalMeanPool&) const {
    return [](Inputs inputs) { return meansOfMaps(inputs[0]); };
  }
  Function operator()(const graph::Flatten&) const {
    return [](Inputs inputs) { return nn::flatten(inputs[0]); };
  }
  Function operator()(const graph::Dropout& it) const {
    return forwardOf(std::make_shared<Dropout>(it.rate, countBefore<graph::Dropout>(), network_.position(), kernels_));
  }
  Function operator()(const graph::StochasticDepth& it) const {
    return forwardOf(
        std::make_shared<StochasticDepth>(it.rate, countBefore<graph::StochasticDepth>(), network_.position()));
  }
  Function operator()(const graph::Resize& it) const {
    return [it](Inputs inputs) {
      return at::upsample_bilinear2d(inputs[0], {it.height, it.width}, /*align_corners=*/false);
    };
  }
  Function operator()(const graph::Repeat& it) const {
    return [it](Inputs inputs) {
      return inputs[0].expand({-1, it.channels, -1, -1}).contiguous(at::MemoryFormat::ChannelsLast);
    };
  }
  Function operator()(const graph::Normalise& it) const {
    return [it](Inputs inputs) { return normalise(inputs[0], it); };
  }
  Function operator()(const graph::Add&) const {
    if (mayChange(0)) return [](Inputs inputs) { return at::Tensor(inputs[0]).add_(inputs[1]); };
    return [](Inputs inputs) { return inputs[0].add(inputs[1]); };
  }
  Function operator()(const graph::Concatenate&) const {
    return [](Inputs inputs) { return at::cat(std::vector<at::Tensor>(inputs.begin(), inputs.end()), 1); };
  }
  /// A convolution, its ReLU, and perhaps the pooling after it.
  Function convRelu(const graph::Convolution& it, bool pooled) const {
    const auto conv = registered(network_, layer_.name, convolution(it));
    if (!pooled) return [conv](Inputs inputs) { return conv->forwardRelu(inputs[0]); };
    return [conv](Inputs inputs) {
      const at::Tensor& images = inputs[0];
      return fusesConvRelu(images) ? at::max_pool2d(conv->forwardRelu(images), {2, 2})
                                   : reluMaxPool2(conv->forward(images));
    };
  }

  /// This layer, a dense one.
  std::shared_ptr<Dense> dense() const {
    const auto features = std::get<graph::Dense>(layer_.operation).features;
    return registered(network_, layer_.name, std::make_shared<Dense>(in().channels, features, kernels_));
  }

  Function normRelu(const graph::BatchNorm& it) const {
    const auto norm = registered(network_, layer_.name, imageNorm(it));
    return [norm](Inputs inputs) { return norm->forwardRelu(inputs[0]); };
  }

  Function operator()(const graph::Scale&) const {
    return [](Inputs inputs) { return scaledMaps(inputs[0], inputs[1]); };
  }

 private:
  std::shared_ptr<Conv> convolution(const graph::Convolution& it) const {
    return std::make_shared<Conv>(in().channels, it.channels,
                                  Conv::Options{it.kernel, it.stride, it.bias, it.groups, kernels_});
  }

  std::shared_ptr<ImageBatchNorm> imageNorm(const graph::BatchNorm& it) const {
    return std::make_shared<ImageBatchNorm>(in().channels, network_.statistics(), it.epsilon, kernels_);
  }

  const graph::Shape& in() const { return graph_.layer(layer_.inputs.front()).output; }

  /// Layers of a kind before this one, which tells them apart.
  template <class Operation>
  std::uint32_t countBefore() const {
    std::uint32_t before = 0;
    for (const Layer* layer = graph_.layers().data(); layer != &layer_; ++layer)
      if (std::holds_alternative<Operation>(layer->operation)) ++before;
    return before;
  }

  /// Whether nobody else wants an input, the images least of all.
  bool mayChange(std::size_t input) const {
    const graph::LayerId id = layer_.inputs.at(input);
    return kernels_ == Kernels::kFast && id != 0 && graph_.uses()[id] == 1;
  }

  template <class Module>
  Function forwardOf(std::shared_ptr<Module> module) const {
    registered(network_, layer_.name, module);
    return [module](Inputs inputs) { return module->forward(inputs[0]); };
  }

  const graph::Graph& graph_;
  const Layer& layer_;
  Kernels kernels_;
  Network& network_;
};

}  // namespace

Function layerFunction(const Group& group, const graph::Graph& graph, Kernels kernels, Network& network) {
  const Layer& first = graph.layer(group.layers.front());
  switch (group.kind) {
    case Group::Kind::kConvRelu:
    case Group::Kind::kConvReluMaxPool:
      return Single(graph, first, kernels, network)
          .convRelu(std::get<graph::Convolution>(first.operation), group.kind == Group::Kind::kConvReluMaxPool);
    case Group::Kind::kReluMaxPool:
      return [](Inputs inputs) { return reluMaxPool2(inputs[0]); };
    case Group::Kind::kNormRelu:
      return Single(graph, first, kernels, network).normRelu(std::get<graph::BatchNorm>(first.operation));
    case Group::Kind::kAddRelu:
      return [](Inputs inputs) { return addReluInPlace(inputs[0], inputs[1]); };
    case Group::Kind::kGate: {
      const auto reduce = Single(graph, graph.layer(group.layers[1]), kernels, network).dense();
      const auto expand = Single(graph, graph.layer(group.layers[3]), kernels, network).dense();
      return [reduce, expand](Inputs inputs) {
        return gated(inputs[0], [&](const at::Tensor& means) {
          return at::sigmoid(expand->forward(reluInPlace(reduce->forward(means))));
        });
      };
    }
    case Group::Kind::kNormReluMaxPool: {
      const auto module = registered(
          network, first.name, std::make_shared<BatchNormReluMaxPool>(first.output.channels, network.statistics()));
      return [module](Inputs inputs) { return module->forward(inputs[0]); };
    }
    case Group::Kind::kSingle:
      break;
  }
  return std::visit(Single(graph, first, kernels, network), first.operation);
}

}  // namespace fer::nn
