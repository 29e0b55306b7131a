#pragma once

#include "engine/xnnpack/network.hpp"
#include "fer/core/image_shape.hpp"
#include "fer/weights/onnx/nodes.hpp"

namespace fer::engine::xnnpack {

/// The network of a file that fer-export wrote, of images of that shape. xnn_initialize() must have been called. Throws
/// Error (bad data) whose message names the node ("node pool1, MinPool: ...") where it is none of those that fer-export
/// writes, or does not fit what it takes.
Network networkOf(const weights::OnnxNodes& file, const ImageShape& images);

}  // namespace fer::engine::xnnpack
