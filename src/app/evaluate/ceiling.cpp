#include <ATen/ATen.h>

#include "app/evaluate/pieces.hpp"
#include "fer/train/softmax_regression.hpp"
#include "fer/train/voted_targets.hpp"

namespace fer::app {
namespace {

/// Rows of an evaluation as the regressions see them.
struct JudgedRows {
  at::Tensor votes;  ///< shares, n x 10
  at::Tensor both;   ///< and the network's log probabilities, n x (10 + classes)
  at::Tensor labels;
};

JudgedRows judged(const metrics::Evaluation& evaluation, const std::vector<std::uint32_t>& places,
                  const EvalData& data) {
  constexpr double kLeast = 1e-7;  // a float of 0 has no logarithm
  const auto rows = static_cast<std::int64_t>(places.size());
  std::vector<data::Votes> votes;
  votes.reserve(places.size());
  for (const std::uint32_t row : places) votes.push_back(data.votes.at(row));
  JudgedRows result;
  result.votes = train::voteShares(votes);
  const at::Tensor said = at::tensor(evaluation.probabilities).view({rows, -1}).to(at::kDouble).clamp_min(kLeast).log();
  result.both = at::cat({result.votes, said}, 1);
  result.labels = at::tensor(evaluation.labels).to(at::kLong);
  return result;
}

double accuracyOf(const at::Tensor& probabilities, const at::Tensor& labels) {
  return probabilities.argmax(1).eq(labels).to(at::kDouble).mean().item<double>();
}

}  // namespace

metrics::Ceiling labelCeiling(const metrics::Evaluation& validation, const metrics::Evaluation& evaluation,
                              const EvalData& data) {
  const JudgedRows fitted = judged(validation, data.rows("validation"), data);
  const JudgedRows scored = judged(evaluation, data.rows(evaluation.split), data);
  const auto classes = static_cast<std::int64_t>(evaluation.classes.size());
  const auto accuracy = [&](at::Tensor JudgedRows::*inputs) {
    const at::Tensor weights = train::softmaxRegression(fitted.*inputs, fitted.labels, classes);
    return accuracyOf(train::softmaxProbabilities(scored.*inputs, weights), scored.labels);
  };
  return {accuracy(&JudgedRows::votes), accuracy(&JudgedRows::both), fitted.labels.size(0)};
}

}  // namespace fer::app
