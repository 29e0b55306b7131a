#include "engine/xnnpack/node.hpp"

#include <algorithm>

#include "fer/core/error.hpp"

namespace fer::engine::xnnpack {
namespace {

std::uint32_t sideOf(const Shape& sides, std::size_t index, std::int64_t least) {
  const std::int64_t side = sides.at(index);
  if (side < least || side > kMostSide) throw dataError("a side of " + std::to_string(side));
  return static_cast<std::uint32_t>(side);
}

}  // namespace

void require(bool is_so, const char* otherwise) {
  if (!is_so) throw dataError(otherwise);
}

const weights::OnnxAttribute& attribute(const weights::OnnxNode& node, const char* name) {
  const auto found = node.attributes.find(name);
  if (found == node.attributes.end()) throw dataError(std::string("no attribute ") + name);
  return found->second;
}

const Shape& integers(const weights::OnnxNode& node, const char* name, std::size_t count) {
  const Shape& values = attribute(node, name).integers;
  if (values.size() != count) throw dataError(std::string("attribute ") + name + " has another number of values");
  return values;
}

void requireFeatures(const weights::OnnxNode& node) {
  require(integers(node, "axis", 1).front() == 1, "another axis than 1");
}

Window windowOf(const weights::OnnxNode& node) {
  const Shape& kernel = integers(node, "kernel_shape", 2);
  const Shape& strides = integers(node, "strides", 2);
  const Shape& pads = integers(node, "pads", 4);
  Window window;
  window.height = sideOf(kernel, 0, 1);
  window.width = sideOf(kernel, 1, 1);
  window.step_down = sideOf(strides, 0, 1);
  window.step_right = sideOf(strides, 1, 1);
  window.top = sideOf(pads, 0, 0);
  window.left = sideOf(pads, 1, 0);
  window.bottom = sideOf(pads, 2, 0);
  window.right = sideOf(pads, 3, 0);
  require(std::max(window.top, window.bottom) < window.height && std::max(window.left, window.right) < window.width,
          "padding as wide as the window");
  return window;
}

Value over(const Window& window, const Value& in, std::size_t channels) {
  const std::size_t height = in.height + window.top + window.bottom;
  const std::size_t width = in.width + window.left + window.right;
  require(height >= window.height && width >= window.width, "a window larger than the maps");
  return {channels, (height - window.height) / window.step_down + 1, (width - window.width) / window.step_right + 1};
}

}  // namespace fer::engine::xnnpack
