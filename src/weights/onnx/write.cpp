#include "fer/weights/onnx/write.hpp"

#include <cmath>
#include <functional>
#include <protozero/pbf_writer.hpp>
#include <span>

#include "fer/core/error.hpp"
#include "weights/half.hpp"
#include "weights/onnx/fields.hpp"
#include "weights/onnx/fold.hpp"

namespace fer::weights {
namespace {

using graph::Layer;
using graph::LayerId;
using Message = protozero::pbf_writer;
using Integers = std::vector<std::int64_t>;
using namespace onnx;  // numbers of fields

/// The attributes of a node, in turn.
class Attributes {
 public:
  explicit Attributes(Message& within) : node_(within) {}

  Attributes& add(const char* name, std::int64_t value) {
    Message message = begin(name, attribute::kTypeInt);
    message.add_int64(attribute::kInt, value);
    return *this;
  }
  Attributes& add(const char* name, const Integers& values) {
    Message message = begin(name, attribute::kTypeInts);
    for (const std::int64_t value : values) message.add_int64(attribute::kInts, value);
    return *this;
  }
  Attributes& add(const char* name, const char* value) {
    Message message = begin(name, attribute::kTypeString);
    message.add_bytes(attribute::kString, value);
    return *this;
  }
  Attributes& addFloat(const char* name, double value) {
    Message message = begin(name, attribute::kTypeFloat);
    message.add_float(attribute::kFloat, static_cast<float>(value));
    return *this;
  }

 private:
  Message begin(const char* name, std::int32_t type) {
    Message message(node_, node::kAttribute);
    message.add_string(attribute::kName, name);
    message.add_int32(attribute::kType, type);
    return message;
  }

  Message& node_;
};

/// Writes the nodes of one layer after the other, and the numbers that they take.
class GraphWriter {
 public:
  GraphWriter(const graph::Graph& graph, const FoldedWeights& weights, OnnxKernels kernels, Message& out)
      : graph_(graph), weights_(weights), kernels_(kernels), out_(out), values_(graph.layers().size()) {}

  void write() {
    values_[0] = "images";
    for (id_ = 1; id_ < graph_.layers().size(); ++id_) {
      values_[id_] = layer().name;
      std::visit(*this, layer().operation);
    }
    id_ = graph_.output();
    node("Softmax", {values_[id_]}, "probabilities", [](Attributes& it) { it.add("axis", 1); });
    const graph::Shape& image = graph_.layer(0).output;
    valueInfo(graph_proto::kInput, "images", {image.channels, image.height, image.width});
    valueInfo(graph_proto::kOutput, "probabilities", {layer().output.channels});
  }

  void operator()(const graph::Input&) {}
  void operator()(const graph::Convolution& it) {
    const FoldedWeights::Kernel& kernel = weights_.kernel(id_);
    const std::string weight = kernelOf({it.channels, in().channels / it.groups, it.kernel, it.kernel}, kernel.weight);
    const std::string bias = floats("bias", {it.channels}, kernel.bias);
    const std::int64_t pad = it.kernel / 2;
    node("Conv", {given(), weight, bias}, name(), [&](Attributes& to) {
      to.add("kernel_shape", {it.kernel, it.kernel}).add("strides", {it.stride, it.stride});
      to.add("pads", {pad, pad, pad, pad});
      if (it.groups != 1) to.add("group", it.groups);
    });
  }
  void operator()(const graph::Dense& it) {
    const FoldedWeights::Kernel& kernel = weights_.kernel(id_);
    const std::string weight = kernelOf({it.features, in().channels}, kernel.weight);
    const std::string bias = floats("bias", {it.features}, kernel.bias);
    node("Gemm", {given(), weight, bias}, name(), [](Attributes& to) { to.add("transB", 1); });
  }
  void operator()(const graph::BatchNorm& it) {
    if (const auto into = weights_.foldedInto(id_)) {
      values_[id_] = values_[*into];
      return;
    }
    const std::int64_t channels = in().channels;
    std::vector<std::string> inputs{given()};
    for (const char* part : {"weight", "bias", "running_mean", "running_var"})
      inputs.push_back(floats(part, {channels}, weights_.tensor(id_, part, channels)));
    node("BatchNormalization", inputs, name(), [&](Attributes& to) { to.addFloat("epsilon", it.epsilon); });
  }
  void operator()(const graph::Relu&) { node("Relu", {given()}, name()); }
  void operator()(const graph::Sigmoid&) { node("Sigmoid", {given()}, name()); }
  void operator()(const graph::MaxPool& it) {
    node("MaxPool", {given()}, name(), [&](Attributes& to) {
      to.add("kernel_shape", {it.window, it.window}).add("strides", {it.stride, it.stride});
      to.add("pads", {it.padding, it.padding, it.padding, it.padding});
    });
  }
  void operator()(const graph::GlobalMeanPool&) {
    node("GlobalAveragePool", {given()}, name() + ".maps");
    node("Flatten", {name() + ".maps"}, name(), [](Attributes& to) { to.add("axis", 1); });
  }
  void operator()(const graph::Flatten&) {
    node("Flatten", {given()}, name(), [](Attributes& to) { to.add("axis", 1); });
  }
  void operator()(const graph::Dropout&) { values_[id_] = given(); }
  void operator()(const graph::StochasticDepth&) { values_[id_] = given(); }
  void operator()(const graph::Resize& it) {
    const std::vector<float> scales{1, 1, static_cast<float>(it.height) / static_cast<float>(in().height),
                                    static_cast<float>(it.width) / static_cast<float>(in().width)};
    node("Resize", {given(), "", floats("scales", {4}, scales)}, name(),
         [](Attributes& to) { to.add("mode", "linear").add("coordinate_transformation_mode", "half_pixel"); });
  }
  void operator()(const graph::Repeat& it) {
    node("Concat", std::vector<std::string>(static_cast<std::size_t>(it.channels), given()), name(),
         [](Attributes& to) { to.add("axis", 1); });
  }
  // As a norm of weight 1: after a Sub or Div of constants OpenCV 4.6 takes no other batch than one of 1 image.
  void operator()(const graph::Normalise& it) {
    const std::size_t channels = it.mean.size();
    std::vector<std::string> inputs{given()};
    const auto add = [&](const char* part, const std::vector<float>& values) {
      inputs.push_back(floats(part, {static_cast<std::int64_t>(channels)}, values));
    };
    add("weight", std::vector<float>(channels, 1));
    add("bias", std::vector<float>(channels, 0));
    add("mean", {it.mean.begin(), it.mean.end()});
    std::vector<float> variance;
    for (const double deviation : it.deviation) variance.push_back(static_cast<float>(deviation * deviation));
    add("variance", variance);
    node("BatchNormalization", inputs, name(), [](Attributes& to) { to.addFloat("epsilon", 0); });
  }
  void operator()(const graph::Add&) { node("Add", {given(0), given(1)}, name()); }
  void operator()(const graph::Concatenate&) {
    std::vector<std::string> inputs;
    for (std::size_t i = 0; i < layer().inputs.size(); ++i) inputs.push_back(given(i));
    node("Concat", inputs, name(), [](Attributes& to) { to.add("axis", 1); });
  }
  // The factors are spread over the maps: where shapes differ OpenCV 4.6 multiplies rightly for 1 image only.
  void operator()(const graph::Scale&) {
    const Integers shape{0, in().channels, 1, 1};  // 0: as it comes
    const std::vector<float> scales{1, 1, static_cast<float>(in().height), static_cast<float>(in().width)};
    node("Reshape", {given(1), integers("shape", shape)}, name() + ".column");
    node("Resize", {name() + ".column", "", floats("scales", {4}, scales)}, name() + ".factors", [](Attributes& to) {
      to.add("mode", "nearest").add("coordinate_transformation_mode", "asymmetric").add("nearest_mode", "floor");
    });
    node("Mul", {given(0), name() + ".factors"}, name());
  }

 private:
  const Layer& layer() const { return graph_.layer(id_); }
  const std::string& name() const { return layer().name; }
  const graph::Shape& in() const { return graph_.layer(layer().inputs.front()).output; }
  const std::string& given(std::size_t input = 0) const { return values_[layer().inputs.at(input)]; }

  void node(
      const char* operation, const std::vector<std::string>& inputs, const std::string& output,
      const std::function<void(Attributes&)>& attributes = [](Attributes&) {}) {
    Message message(out_, graph_proto::kNode);
    for (const std::string& input : inputs) message.add_string(node::kInput, input);
    message.add_string(node::kOutput, output);
    message.add_string(node::kName, output);
    message.add_string(node::kOpType, operation);
    Attributes to(message);
    attributes(to);
  }

  std::string floats(const char* part, const Integers& shape, std::span<const float> values) {
    return initializer(part, shape, tensor_proto::kFloat, values.data(), values.size_bytes());
  }
  std::string kernelOf(const Integers& shape, std::span<const float> values) {
    if (kernels_ == OnnxKernels::kFloat32) return floats("weight", shape, values);
    std::vector<std::uint16_t> halves;
    halves.reserve(values.size());
    for (const float value : values) {
      halves.push_back(halfOf(value));
      if (std::isfinite(value) && !std::isfinite(fromHalf(halves.back())))
        throw dataError("layer " + name() + ": a weight of " + std::to_string(value) +
                        " is more than float16 holds (65504). Export in float32.");
    }
    const std::string half =
        initializer("weight.half", shape, tensor_proto::kFloat16, halves.data(), halves.size() * sizeof(std::uint16_t));
    node("Cast", {half}, name() + ".weight", [](Attributes& to) { to.add("to", std::int64_t{tensor_proto::kFloat}); });
    return name() + ".weight";
  }
  std::string integers(const char* part, const Integers& values) {
    return initializer(part, {static_cast<std::int64_t>(values.size())}, tensor_proto::kInt64, values.data(),
                       values.size() * sizeof(std::int64_t));
  }
  std::string initializer(const char* part, const Integers& shape, std::int32_t type, const void* bytes,
                          std::size_t count) {
    const std::string tensor = name() + "." + part;
    Message message(out_, graph_proto::kInitializer);
    for (const std::int64_t side : shape) message.add_int64(tensor_proto::kDims, side);
    message.add_int32(tensor_proto::kDataType, type);
    message.add_string(tensor_proto::kName, tensor);
    message.add_bytes(tensor_proto::kRawData, static_cast<const char*>(bytes), count);
    return tensor;
  }

  /// Float32 of any number of images.
  void valueInfo(std::uint32_t field, const char* of, const Integers& sides) {
    Message info(out_, field);
    info.add_string(value_info::kName, of);
    Message type(info, value_info::kType);
    Message tensor(type, value_info::kTensorType);
    tensor.add_int32(value_info::kElementType, tensor_proto::kFloat);
    Message shape(tensor, value_info::kShape);
    Message(shape, value_info::kDim).add_string(value_info::kDimParam, "batch");
    for (const std::int64_t side : sides) Message(shape, value_info::kDim).add_int64(value_info::kDimValue, side);
  }

  const graph::Graph& graph_;
  const FoldedWeights& weights_;
  OnnxKernels kernels_;
  Message& out_;
  std::vector<std::string> values_;  ///< what stands for each layer's output
  LayerId id_ = 0;
};

}  // namespace

std::string onnxModel(const graph::Graph& graph, const std::map<std::string, Tensor>& tensors, const Metadata& metadata,
                      OnnxKernels kernels) {
  constexpr std::int64_t kIrVersion = 7;
  constexpr std::int64_t kOpset = 13;
  const FoldedWeights weights(graph, tensors);
  std::string bytes;
  Message file(bytes);
  file.add_int64(model::kIrVersion, kIrVersion);
  file.add_string(model::kProducerName, "fer");
  {
    Message out(file, model::kGraph);
    out.add_string(graph_proto::kName, "fer");
    GraphWriter(graph, weights, kernels, out).write();
  }
  Message(file, model::kOpsetImport).add_int64(model::kOpsetVersion, kOpset);
  for (const auto& [key, value] : metadata) {
    Message property(file, model::kMetadataProps);
    property.add_string(model::kPropKey, key);
    property.add_string(model::kPropValue, value);
  }
  return bytes;
}

}  // namespace fer::weights
