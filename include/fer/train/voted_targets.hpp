#pragma once

#include <ATen/core/Tensor.h>

#include "fer/data/training_data.hpp"

namespace fer::train {

/// Softmax regression of labels (n, int64, below `classes`) on inputs (n x d, float64): a (d + 1) x classes matrix, of
/// which the last row are the constants. Minimises the sum of cross entropies and half the sum of the squared weights,
/// not of the constants, as scikit-learn's LogisticRegression does with C = 1. By Newton's method.
at::Tensor softmaxRegression(const at::Tensor& inputs, const at::Tensor& labels, std::int64_t classes);

/// Gives each training row a soft target: 1 - `share` of its label, and `share` of what a softmax regression says of
/// FER-2013's labels where it sees FER+'s ten shares of votes alone. It is fitted on the training rows. Validation rows
/// keep their labels. Throws std::invalid_argument where data.votes does not fit the rows.
void blendVotes(data::TrainingData& data, double share);

}  // namespace fer::train
