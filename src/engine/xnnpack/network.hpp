#pragma once

#include <xnnpack.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// A network as XNNPACK computes it.
namespace fer::engine::xnnpack {

/// What a value holds for one image. XNNPACK wants the channels of a pixel side by side, where ONNX has map after map.
struct Value {
  std::size_t channels = 0;
  std::size_t height = 1;
  std::size_t width = 1;
  /// ONNX takes it for a vector, map after map; the numbers lie as those of the maps that it was made of.
  bool flat = false;

  std::size_t size() const { return channels * height * width; }
  std::size_t pixels() const { return height * width; }
  bool isVector() const { return flat && pixels() == 1; }
  bool operator==(const Value&) const = default;
};

using ValueId = std::size_t;  ///< place in Network::values

struct DeleteOperator {
  void operator()(xnn_operator_t made) const { xnn_delete_operator(made); }
};
using Operator = std::unique_ptr<xnn_operator, DeleteOperator>;

/// What an operator is told before it computes.
struct Call {
  std::size_t images = 0;
  const float* first = nullptr;   ///< the numbers of the step's inputs
  const float* second = nullptr;  ///< null where there is one input
  float* output = nullptr;
  pthreadpool_t threads = nullptr;  ///< null: the caller's alone
};

/// One of XNNPACK's operators, and how it is told of a call.
struct Computation {
  Operator operation;
  std::size_t work = 0;  ///< for one image, in multiplications that take about as long
  std::function<xnn_status(xnn_operator_t, const Call&)> set_up;
};

struct Step {
  std::string node;  ///< for messages
  Computation computation;
  std::vector<ValueId> inputs;  ///< one or two
  ValueId output = 0;
};

/// Steps in an order in which they can be computed.
struct Network {
  std::vector<Value> values;  ///< the first is the images
  std::vector<Step> steps;
  ValueId output = 0;
};

}  // namespace fer::engine::xnnpack
