#include "fer/train/voted_targets.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <numeric>
#include <stdexcept>
#include <utility>

#include "fer/train/softmax_regression.hpp"

namespace fer::train {

at::Tensor voteShares(std::span<const data::Votes> votes) {
  const auto columns = static_cast<std::int64_t>(std::tuple_size_v<data::Votes>);
  const at::Tensor shares = at::empty({static_cast<std::int64_t>(votes.size()), columns}, at::kDouble);
  auto* share = shares.data_ptr<double>();
  for (const data::Votes& row : votes) {
    const auto all = static_cast<double>(std::accumulate(row.begin(), row.end(), 0));
    for (const std::uint16_t count : row) *share++ = static_cast<double>(count) / all;
  }
  return shares;
}

void blendVotes(data::TrainingData& data, double share) {
  const data::Dataset& dataset = data.dataset;
  if (data.votes.size() != dataset.size()) throw std::invalid_argument("blendVotes: one row of votes a row is needed");
  const torch::NoGradGuard no_grad;
  const auto classes = static_cast<std::int64_t>(dataset.classes().size());
  const at::Tensor inputs = voteShares(data.votes);
  const std::vector<std::int64_t> train(data.train.begin(), data.train.end());
  const std::vector<std::int64_t> all_labels(dataset.columns().labels.begin(), dataset.columns().labels.end());
  const at::Tensor rows = at::tensor(train);
  const at::Tensor labels = at::tensor(all_labels);
  const at::Tensor weights = softmaxRegression(inputs.index_select(0, rows), labels.index_select(0, rows), classes);
  const at::Tensor voted = softmaxProbabilities(inputs, weights);
  at::Tensor targets = at::one_hot(labels, classes).to(at::kDouble);
  targets.index_copy_(0, rows, (targets * (1 - share) + voted * share).index_select(0, rows));
  targets = targets.to(at::kFloat).contiguous();
  data::DatasetColumns columns = dataset.columns();
  columns.targets.assign(targets.data_ptr<float>(), targets.data_ptr<float>() + targets.numel());
  data.dataset = data::Dataset(dataset.shape(), dataset.classes(), std::move(columns), dataset.parts());
}

}  // namespace fer::train
