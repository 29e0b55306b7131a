#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "fer/core/image_shape.hpp"

/// Networks as plain values: layers with names, what each does, and what it takes. nn builds them in LibTorch, weights
/// writes them as ONNX, cost.hpp counts them.
namespace fer::graph {

/// How a kernel is drawn at the start; see nn/layers/initialise.hpp.
enum class KernelInit { kGlorotUniform, kHeNormal };

// What a layer does. Sizes that follow from its input are not repeated here. Tensors that training changes are named
// LAYER.weight and LAYER.bias, those that it keeps up LAYER.running_mean and LAYER.running_var.

/// The images of a batch. The first layer, and the only one of its kind.
struct Input {};
/// Square kernels over maps padded by half of them: with stride 1 the output is as large as the input.
struct Convolution {
  std::int64_t channels = 0;  ///< of the output
  std::int64_t kernel = 3;    ///< odd
  std::int64_t stride = 1;
  bool bias = true;
  std::int64_t groups = 1;  ///< each output takes 1 / groups of the inputs; as many as inputs: depthwise
  KernelInit init = KernelInit::kGlorotUniform;
};
/// Every output from every input, a vector.
struct Dense {
  std::int64_t features = 0;  ///< of the output
  KernelInit init = KernelInit::kGlorotUniform;
};
/// Over each map, or over each feature of a vector, with Keras' momentum of 0.99.
struct BatchNorm {
  double epsilon = 1e-3;  ///< Keras'
};
struct Relu {};
struct Sigmoid {};
/// The largest of every window, which may overlap; padding is never the largest. What is left over at the end is
/// dropped.
struct MaxPool {
  std::int64_t window = 2;
  std::int64_t stride = 2;
  std::int64_t padding = 0;  ///< at each side
};
/// The mean of each map, as a vector.
struct GlobalMeanPool {};
/// Maps to a vector, in C, H, W order.
struct Flatten {};
/// In training drops a share of the activations and multiplies the others by 1 / (1 - rate).
struct Dropout {
  double rate = 0;  ///< [0, 1)
};
/// At the end of a residual block's branch: in training drops an image's whole branch with this probability and
/// multiplies the others by 1 / (1 - rate), so that the expectation stays. Source: Huang et al. 2016; the factor is
/// that of Larsson et al. 2017 ("drop path") and of timm.
struct StochasticDepth {
  double rate = 0;  ///< [0, 1)
};
/// Bilinear, half-pixel centres, no smoothing.
struct Resize {
  std::int64_t height = 0;
  std::int64_t width = 0;
};
/// One plane, several times.
struct Repeat {
  std::int64_t channels = 0;
};
/// (x - mean) / deviation, a number a channel each.
struct Normalise {
  std::vector<double> mean;
  std::vector<double> deviation;
};
/// Two inputs of one shape, added.
struct Add {};
/// Maps of one size, channel after channel.
struct Concatenate {};
/// Maps, each multiplied by its number of a vector, the second input.
struct Scale {};

using Operation = std::variant<Input, Convolution, Dense, BatchNorm, Relu, Sigmoid, MaxPool, GlobalMeanPool, Flatten,
                               Dropout, StochasticDepth, Resize, Repeat, Normalise, Add, Concatenate, Scale>;

/// What a layer gives for one image: `channels` maps, or a vector of as many features.
struct Shape {
  std::int64_t channels = 0;
  std::int64_t height = 1;
  std::int64_t width = 1;
  bool vector = false;

  std::int64_t size() const { return channels * height * width; }
  bool operator==(const Shape&) const = default;
};

using LayerId = std::size_t;  ///< place in Graph::layers()

struct Layer {
  std::string name;  ///< dotted where it is part of a larger one: "layer1.0.conv1"
  Operation operation;
  std::vector<LayerId> inputs;  ///< all before it
  Shape output;
};

/// Layers in an order in which they can be computed; the last one's output is the network's. A value.
class Graph {
 public:
  explicit Graph(ImageShape input);

  /// Appends a layer. Throws Error (usage) that names it where its inputs do not fit, or leave nothing; and
  /// std::invalid_argument where the name is taken.
  LayerId add(std::string name, Operation operation, std::vector<LayerId> inputs);

  const std::vector<Layer>& layers() const { return layers_; }
  const Layer& layer(LayerId id) const { return layers_.at(id); }
  LayerId output() const { return layers_.size() - 1; }

  /// The layer of a name. Throws std::out_of_range.
  LayerId find(const std::string& name) const;

  /// For each layer the number of layers that take it.
  std::vector<int> uses() const;

  /// The layer whose output is shown as the network's feature maps: those of the last convolution, before a ReLU or
  /// after it. What follows depends on them alone.
  LayerId featureMaps() const { return feature_maps_; }
  void setFeatureMaps(LayerId id) { feature_maps_ = id; }

 private:
  std::vector<Layer> layers_;
  LayerId feature_maps_ = 0;
};

}  // namespace fer::graph
