#pragma once

#include <initializer_list>
#include <map>
#include <set>

#include "engine/xnnpack/constants.hpp"
#include "engine/xnnpack/operators.hpp"
#include "fer/core/image_shape.hpp"
#include "fer/weights/onnx/nodes.hpp"

namespace fer::engine::xnnpack {

/// A network that grows node by node: knows what the names of ONNX stand for. All throw Error (bad data), whose message
/// is a reason only, where a node asks for what is not there.
class NetworkBuilder {
 public:
  NetworkBuilder(const weights::OnnxNodes& file, const ImageShape& images);

  /// Inputs of a node, by their place.
  const Value& value(const weights::OnnxNode& node, std::size_t input) const { return view(node, input).as; }
  const Value& maps(const weights::OnnxNode& node, std::size_t input) const;
  const weights::OnnxTensor& tensor(const weights::OnnxNode& node, std::size_t input) const;
  std::vector<float> floats(const weights::OnnxNode& node, std::size_t input, const Shape& shape) const;

  /// The node's output is what the computation makes of those of its inputs.
  void step(const weights::OnnxNode& node, Computation computation, std::initializer_list<std::size_t> inputs,
            const Value& output);
  /// The node's output is the sum of what the computations make of its first input.
  void sumOfSteps(const weights::OnnxNode& node, std::vector<Computation> parts, const Value& output, Lowest lowest);
  /// The node's output is its first input, read as another value of as many numbers.
  void same(const weights::OnnxNode& node, const Value& as);
  /// The node's output is its first input, a tensor.
  void sameTensor(const weights::OnnxNode& node);
  /// The node's output is its inputs' maps, one after the other.
  void join(const weights::OnnxNode& node, const Value& output);

  /// Whether only nodes of one operation take the node's output, and one alone does.
  bool isOnlyFor(const weights::OnnxNode& node, const char* operation) const;
  /// The node's result must be rectified: the ReLU behind it that alone takes it has no more to do.
  Lowest lowest(const weights::OnnxNode& node);
  bool isRectified(const weights::OnnxNode& node, std::size_t input) const;

  Network finish();

 private:
  struct View {
    ValueId of = 0;
    Value as;
  };

  const View& view(const weights::OnnxNode& node, std::size_t input) const;
  ValueId add(const Value& value);
  void name(const weights::OnnxNode& node, const View& view);

  std::map<std::string, weights::OnnxTensor> tensors_;
  std::map<std::string, std::vector<std::string>> users_;  ///< operations that take a value
  std::map<std::string, View> views_;
  std::set<std::string> rectified_;
  Network network_;
};

}  // namespace fer::engine::xnnpack
