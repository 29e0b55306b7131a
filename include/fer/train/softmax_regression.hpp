#pragma once

#include <ATen/core/Tensor.h>

namespace fer::train {

/// Softmax regression of labels (n, int64, below `classes`) on inputs (n x d, float64): a (d + 1) x classes matrix, of
/// which the last row are the constants. Minimises the sum of cross entropies and half the sum of the squared weights,
/// not of the constants, as scikit-learn's LogisticRegression does with C = 1. By Newton's method.
at::Tensor softmaxRegression(const at::Tensor& inputs, const at::Tensor& labels, std::int64_t classes);

/// What such weights say of inputs (n x d, float64): n x classes probabilities.
at::Tensor softmaxProbabilities(const at::Tensor& inputs, const at::Tensor& weights);

}  // namespace fer::train
