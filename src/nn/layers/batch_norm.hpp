#pragma once

#include <ATen/core/Tensor.h>

#include "nn/layers/shared_norm.hpp"

namespace fer::nn {

/// Whether twoPassBatchNorm() can take the images: channels-last ones of float32 or bfloat16 on the CPU, of more than
/// one pixel; in an evaluation where no gradients are wanted.
bool takesTwoPasses(const at::Tensor& images, const NormState& state, bool training);

/// at::batch_norm, and with `relu` at::relu after it, in two passes over the images: one for the batch's statistics,
/// one that normalises; an evaluation needs the second alone. The backward pass takes two more and keeps the images
/// alone: what the ReLU let pass, it computes again. Its result takes the place of a gradient that nobody else has.
at::Tensor twoPassBatchNorm(const at::Tensor& images, const NormState& state, bool training, bool relu);

}  // namespace fer::nn
