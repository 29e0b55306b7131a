#pragma once

#include "engine/xnnpack/network.hpp"
#include "fer/weights/onnx/nodes.hpp"

namespace fer::engine::xnnpack {

using Shape = std::vector<std::int64_t>;

/// The numbers of a tensor, which must be float32 and of that shape. Throws Error (bad data), whose message is a reason
/// only.
std::vector<float> floatsOf(const weights::OnnxTensor& tensor, const Shape& shape);

/// Rows of `channels` x `pixels` numbers, map after map, as XNNPACK wants them: pixel after pixel.
std::vector<float> pixelAfterPixel(const std::vector<float>& rows, std::size_t channels, std::size_t pixels);

/// Numbers `first` to `first + count` of each of the rows, which are `row` long.
std::vector<float> columnsOf(const std::vector<float>& rows, std::size_t row, std::size_t first, std::size_t count);

/// Numbers of each channel, for XNNPACK.
struct ScaleAndOffset {
  std::vector<float> scale;
  std::vector<float> offset;
};

/// A batch norm as value * scale + offset. All four are of one length.
ScaleAndOffset normOf(const std::vector<float>& weight, const std::vector<float>& bias, const std::vector<float>& mean,
                      const std::vector<float>& variance, float epsilon);

}  // namespace fer::engine::xnnpack
