#pragma once

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "fer/graph/graph.hpp"
#include "fer/weights/tensor.hpp"

/// A small network with a layer of every kind, norms that can be folded and norms that cannot, and squeeze-and-excite;
/// its numbers come from a formula that tests/oracles/onnx_runtime.py knows, too.
namespace fer::test {

inline graph::Graph everyLayer() {
  using namespace graph;  // fourteen kinds of layers
  Graph graph({1, 6, 5});
  const auto after = [&graph](const char* name, Operation operation) {
    return graph.add(name, std::move(operation), {graph.output()});
  };
  after("repeat", Repeat{3});
  after("normalise", Normalise{{0.5, 0.25, 0.125}, {0.5, 2, 0.25}});
  after("resize", Resize{12, 10});
  after("conv1", Convolution{4, 5, 1, false});
  after("bn1", BatchNorm{});
  after("relu1", Relu{});
  const LayerId maps = after("pool1", MaxPool{3, 2, 1});
  after("mean", GlobalMeanPool{});
  after("se.dense1", Dense{2});
  after("se.relu", Relu{});
  after("se.dense2", Dense{4});
  const LayerId gate = after("se.sigmoid", Sigmoid{});
  const LayerId scaled = graph.add("se.scale", Scale{}, {maps, gate});
  const LayerId sum = graph.add("sum", Add{}, {scaled, maps});
  const LayerId strided = graph.add("conv2", Convolution{4, 3, 2}, {sum});
  const LayerId pooled = graph.add("pool2", MaxPool{3, 2, 1}, {sum});
  const LayerId joined = graph.add("joined", Concatenate{}, {strided, pooled});
  graph.setFeatureMaps(joined);
  after("bn2", BatchNorm{1e-5});
  after("conv3", Convolution{16, 3, 1, true, 4});  // groups of two inputs and four outputs
  after("drop_path", StochasticDepth{0.5});
  after("conv4", Convolution{16, 3, 2, false, 16});  // each map alone
  after("dropout1", Dropout{0.25});
  after("flatten", Flatten{});
  after("bn3", BatchNorm{});
  after("dense1", Dense{6});
  after("bn4", BatchNorm{});
  after("relu2", Relu{});
  after("dense2", Dense{3});
  return graph;
}

/// Number i of a tensor: ((7 i + 3) mod 23 - 11) / 22; of weights of norms and variances, 1 + that.
inline float layerNumber(std::size_t i, bool around_one) {
  return static_cast<float>((static_cast<double>((7 * i + 3) % 23) - 11) / 22 + (around_one ? 1 : 0));
}

inline void addTensor(std::map<std::string, weights::Tensor>& tensors, const std::string& name,
                      std::vector<std::int64_t> shape, bool around_one) {
  weights::Tensor tensor{{weights::DType::kFloat32, std::move(shape)}, {}};
  tensor.bytes = weights::Bytes(tensor.type.byteCount());
  for (std::size_t i = 0; i < tensor.bytes.size() / sizeof(float); ++i) {
    const float value = layerNumber(i, around_one);
    std::memcpy(tensor.bytes.data() + i * sizeof value, &value, sizeof value);
  }
  tensors[name] = std::move(tensor);
}

/// Every tensor that the graph's layers have.
inline std::map<std::string, weights::Tensor> tensorsOf(const graph::Graph& graph) {
  std::map<std::string, weights::Tensor> tensors;
  for (const graph::Layer& layer : graph.layers()) {
    if (layer.inputs.empty()) continue;
    const std::int64_t in = graph.layer(layer.inputs.front()).output.channels;
    const std::int64_t out = layer.output.channels;
    if (const auto* const convolution = std::get_if<graph::Convolution>(&layer.operation)) {
      addTensor(tensors, layer.name + ".weight",
                {out, in / convolution->groups, convolution->kernel, convolution->kernel}, false);
      if (convolution->bias) addTensor(tensors, layer.name + ".bias", {out}, false);
    } else if (std::holds_alternative<graph::Dense>(layer.operation)) {
      addTensor(tensors, layer.name + ".weight", {out, in}, false);
      addTensor(tensors, layer.name + ".bias", {out}, false);
    } else if (std::holds_alternative<graph::BatchNorm>(layer.operation)) {
      for (const char* part : {".weight", ".running_var"}) addTensor(tensors, layer.name + part, {out}, true);
      for (const char* part : {".bias", ".running_mean"}) addTensor(tensors, layer.name + part, {out}, false);
    }
  }
  return tensors;
}

/// Pixel i of a batch: (37 i mod 101) / 101.
inline float pixelNumber(std::size_t i) {
  return static_cast<float>(static_cast<double>(37 * i % 101) / 101);
}

}  // namespace fer::test
