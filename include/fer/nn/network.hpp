#pragma once

#include <ATen/core/Tensor.h>
#include <torch/nn/module.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fer::nn {

/// Which step of a training a forward pass belongs to; the random masks of dropout depend on nothing else.
struct StepPosition {
  std::uint32_t seed = 0;
  std::uint32_t epoch = 0;
  std::uint32_t step = 0;
};

/// How kernels are drawn at the start; see initialise.hpp.
enum class KernelInit { kGlorotUniform, kHeNormal };

/// Layers one after the other: N x C x H x W float images in, N x classes logits out. A layer with branches is a module
/// of its own; a network may be a layer of a larger one. Parameters and buffers carry the names of the layers
/// ("conv1.weight"), which are part of the file format. One thread at a time; LibTorch's own threads work inside.
class Network : public torch::nn::Module {
 public:
  explicit Network(KernelInit init = KernelInit::kGlorotUniform) : init_(init) {}
  /// Part of a larger network, whose position it shares.
  Network(std::shared_ptr<StepPosition> position, KernelInit init) : init_(init), position_(std::move(position)) {}

  /// Appends a module with parameters, state or a mode of its own.
  template <class Module>
  void add(const std::string& name, std::shared_ptr<Module> layer) {
    register_module(name, layer);
    steps_.emplace_back([layer](const at::Tensor& input) { return layer->forward(input); });
  }
  /// Appends a pure function, e.g. an activation.
  void add(std::function<at::Tensor(const at::Tensor&)> function) { steps_.push_back(std::move(function)); }

  at::Tensor forward(at::Tensor images);

  /// What the steps added so far make are the feature maps of the last convolution; a later mark counts. To be set
  /// where the maps are rectified or a ReLU comes next. Not in a network that is part of another.
  void markFeatureMaps() { marked_ = steps_.size(); }

  /// forward() in two halves, parted at the mark: N x C x H x W feature maps, then the logits that follow from them.
  /// Only for networks with a mark, which every model of the table has. Maps that are rectified in between give the
  /// same.
  at::Tensor featureMaps(at::Tensor images);
  at::Tensor logitsOf(at::Tensor maps);

  KernelInit kernelInit() const { return init_; }  ///< of the layers that are its own

  /// Shared with the dropout layers; whoever trains moves it on before each forward pass.
  const std::shared_ptr<StepPosition>& position() const { return position_; }

 private:
  at::Tensor run(std::size_t begin, std::size_t end, at::Tensor values);

  KernelInit init_;
  std::size_t marked_ = 0;
  std::vector<std::function<at::Tensor(const at::Tensor&)>> steps_;
  std::shared_ptr<StepPosition> position_ = std::make_shared<StepPosition>();
};

/// Parameters, then buffers, by name. The tensors are the network's own, not copies.
std::vector<std::pair<std::string, at::Tensor>> namedState(const Network& network);

/// Numbers in the network as Keras counts them: weights and buffers; and those that training changes by gradient.
struct ParameterCount {
  std::int64_t total = 0;
  std::int64_t trainable = 0;
};
ParameterCount countParameters(const Network& network);

}  // namespace fer::nn
