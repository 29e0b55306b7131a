#include "train/step/loss.hpp"

#include <ATen/ATen.h>

#include <vector>

namespace fer::train {
namespace {

/// Source: sklearn.utils.class_weight.compute_class_weight, "balanced".
std::vector<float> balancedWeights(const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
  const std::vector<std::size_t> counts = data::classCounts(dataset, rows);
  std::vector<float> weights;
  weights.reserve(counts.size());
  for (const std::size_t images : counts)
    weights.push_back(images == 0 ? 0
                                  : static_cast<float>(static_cast<double>(rows.size()) /
                                                       static_cast<double>(counts.size() * images)));
  return weights;
}

}  // namespace

at::Tensor Loss::of(const at::Tensor& logits, const Batch& batch) const {
  constexpr std::int64_t kIgnored = -100;  // LibTorch's own default: a label that none of ours can be
  const at::Tensor& wanted = batch.targets.defined() ? batch.targets : batch.labels;
  const at::Tensor own =
      at::cross_entropy_loss(logits, wanted, class_weights, at::Reduction::Mean, kIgnored, label_smoothing);
  if (!batch.opinions.defined()) return own;
  const at::Tensor teacher = at::log_softmax(batch.opinions / temperature, 1);
  const at::Tensor student = at::log_softmax(logits / temperature, 1);
  const at::Tensor apart = (teacher.exp() * (teacher - student)).sum(1).mean();
  return own * (1 - distill_weight) + apart * (distill_weight * temperature * temperature);
}

at::Tensor Loss::weightOf(const Batch& batch) const {
  // With shares of classes LibTorch's mean is over the images.
  if (class_weights.defined() && !batch.targets.defined())
    return class_weights.index_select(0, batch.labels.to(class_weights.device())).sum();
  return at::full({}, static_cast<double>(batch.size()), at::TensorOptions(at::kFloat).device(batch.labels.device()));
}

Loss trainingLoss(const TrainOptions& options, const data::Dataset& dataset, std::span<const std::uint32_t> rows,
                  c10::Device device) {
  Loss loss{options.loss.label_smoothing};
  loss.distill_weight = options.distill.weight;
  loss.temperature = options.distill.temperature;
  if (options.loss.class_weights == "balanced")
    loss.class_weights = at::tensor(balancedWeights(dataset, rows)).to(device);
  return loss;
}

}  // namespace fer::train
