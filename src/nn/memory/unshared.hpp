#pragma once

#include <ATen/core/Tensor.h>

namespace fer::nn {

/// Whether nobody but autograd can see the numbers of the gradient that a torch::autograd::Function finds in
/// backward(), or of a tensor that it saved, and each number has a place of its own. Then it may write its result over
/// them, which saves memory where memory is scarcest. Never on a GPU. `tensor` is what autograd gave, not a copy of
/// that handle.
bool isUnsharedGradient(const at::Tensor& tensor);
bool isUnsharedSaved(const at::Tensor& tensor);

}  // namespace fer::nn
