#pragma once

#include "engine/xnnpack/constants.hpp"
#include "engine/xnnpack/operators.hpp"
#include "fer/weights/onnx/nodes.hpp"

/// What a node says of itself, checked. All throw Error (bad data), whose message is a reason only.
namespace fer::engine::xnnpack {

constexpr std::int64_t kMostSide = 1 << 14;  ///< of maps and windows

void require(bool is_so, const char* otherwise);

const weights::OnnxAttribute& attribute(const weights::OnnxNode& node, const char* name);
const Shape& integers(const weights::OnnxNode& node, const char* name, std::size_t count);
/// The attribute axis must say what fer-export writes: the features.
void requireFeatures(const weights::OnnxNode& node);

Window windowOf(const weights::OnnxNode& node);
/// The maps that a window over maps gives.
Value over(const Window& window, const Value& in, std::size_t channels);

}  // namespace fer::engine::xnnpack
