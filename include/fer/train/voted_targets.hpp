#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "fer/data/ferplus/votes.hpp"
#include "fer/data/training_data.hpp"

namespace fer::train {

/// Each row's ten votes (data::kVoteNames) as shares that add up to 1: n x 10, float64.
at::Tensor voteShares(std::span<const data::Votes> votes);

/// Gives each training row a soft target: 1 - `share` of its label, and `share` of what a softmax regression says of
/// FER-2013's labels where it sees FER+'s ten shares of votes alone. It is fitted on the training rows. Validation rows
/// keep their labels. Throws std::invalid_argument where data.votes does not fit the rows.
void blendVotes(data::TrainingData& data, double share);

}  // namespace fer::train
