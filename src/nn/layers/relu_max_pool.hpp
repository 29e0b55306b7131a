#pragma once

#include <ATen/core/Tensor.h>

namespace fer::nn {

/// ReLU, then the largest of every 2 x 2, stride 2; an odd last row or column is dropped, as Keras does. The same
/// numbers as at::max_pool2d(at::relu(images), 2) in one pass over the images instead of two each way, and with a byte
/// an output, not nine, kept for the backward pass; that is for channels-last images of float32 or bfloat16 on the CPU,
/// others take LibTorch's two. The input may be changed.
at::Tensor reluMaxPool2(const at::Tensor& images);
/// Without the ReLU.
at::Tensor maxPool2(const at::Tensor& images);

}  // namespace fer::nn
