#include "graph/shape_rules.hpp"

#include "fer/core/error.hpp"

namespace fer::graph {
namespace {

std::string shown(const Shape& shape) {
  std::string text = std::to_string(shape.channels);
  if (!shape.vector) text += " x " + std::to_string(shape.height) + " x " + std::to_string(shape.width);
  return text;
}

/// One rule an operation.
class Rule {
 public:
  Rule(const std::string& name, std::span<const Shape> inputs) : name_(name), inputs_(inputs) {}

  Shape operator()(const Input&) const { throw std::invalid_argument("Graph: a second input, " + name_); }
  Shape operator()(const Convolution& layer) const {
    const Shape in = maps();
    require(layer.groups > 0 && in.channels % layer.groups == 0 && layer.channels % layer.groups == 0,
            "has groups that do not share its channels out evenly");
    const auto side = [&](std::int64_t length) { return (length + layer.stride - 1) / layer.stride; };
    return {layer.channels, side(in.height), side(in.width)};
  }
  Shape operator()(const Dense& layer) const {
    if (!one().vector) throw wrong("takes a vector");
    return vectorOf(layer.features);
  }
  Shape operator()(const BatchNorm&) const { return one(); }
  Shape operator()(const Relu&) const { return one(); }
  Shape operator()(const Sigmoid&) const { return one(); }
  Shape operator()(const Dropout&) const { return one(); }
  Shape operator()(const StochasticDepth&) const { return one(); }
  Shape operator()(const MaxPool& layer) const {
    const Shape in = maps();
    const auto side = [&](std::int64_t length) {
      const std::int64_t room = length + 2 * layer.padding - layer.window;
      if (room < 0) throw wrong("pools " + std::to_string(layer.window) + " x " + std::to_string(layer.window));
      return room / layer.stride + 1;
    };
    return {in.channels, side(in.height), side(in.width)};
  }
  Shape operator()(const GlobalMeanPool&) const { return vectorOf(maps().channels); }
  Shape operator()(const Flatten&) const { return vectorOf(maps().size()); }
  Shape operator()(const Resize& layer) const { return {maps().channels, layer.height, layer.width}; }
  Shape operator()(const Repeat& layer) const {
    const Shape in = maps();
    if (in.channels != 1) throw wrong("repeats one plane");
    return {layer.channels, in.height, in.width};
  }
  Shape operator()(const Normalise& layer) const {
    const auto channels = static_cast<std::size_t>(maps().channels);
    if (layer.mean.size() != channels || layer.deviation.size() != channels) throw wrong("has not as many numbers");
    return maps();
  }
  Shape operator()(const Add&) const {
    require(inputs_.size() == 2 && inputs_[0] == inputs_[1], "adds two of one shape");
    return inputs_[0];
  }
  Shape operator()(const Concatenate&) const {
    require(!inputs_.empty(), "joins maps");
    Shape out = inputs_[0];
    out.channels = 0;
    for (const Shape& in : inputs_) {
      require(!in.vector && in.height == out.height && in.width == out.width, "joins maps of one size");
      out.channels += in.channels;
    }
    return out;
  }
  Shape operator()(const Scale&) const {
    require(
        inputs_.size() == 2 && !inputs_[0].vector && inputs_[1].vector && inputs_[0].channels == inputs_[1].channels,
        "takes maps and a vector with a number for each");
    return inputs_[0];
  }

 private:
  static Shape vectorOf(std::int64_t features) { return {features, 1, 1, true}; }

  Shape one() const {
    require(inputs_.size() == 1, "takes one input");
    return inputs_[0];
  }
  Shape maps() const {
    require(!one().vector, "takes maps");
    return one();
  }
  void require(bool fits, const char* what) const {
    if (!fits) throw wrong(what);
  }
  Error wrong(const std::string& what) const {
    std::string given;
    for (const Shape& in : inputs_) given += (given.empty() ? "" : ", ") + shown(in);
    return usageError("model: layer " + name_ + " " + what + ", but is given " + given);
  }

  const std::string& name_;
  std::span<const Shape> inputs_;
};

}  // namespace

Shape outputShape(const std::string& name, const Operation& operation, std::span<const Shape> inputs) {
  return std::visit(Rule(name, inputs), operation);
}

}  // namespace fer::graph
