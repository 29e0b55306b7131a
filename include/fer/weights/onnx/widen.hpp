#pragma once

#include <string>
#include <string_view>

namespace fer::weights {

/// A model whose float16 tensors have become float32, of the same values; all else is as it was. For runtimes that read
/// no float16: OpenCV's dnn up to 4.6. `origin` is the file's path, for messages. Throws Error (bad data) where the
/// bytes are no ONNX model.
std::string widenedOnnx(std::string_view bytes, const std::string& origin);

}  // namespace fer::weights
