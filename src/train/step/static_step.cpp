#include "train/step/static_step.hpp"

#include <ATen/ATen.h>

#include <utility>

#include "fer/nn/memory/layout.hpp"

namespace fer::train {
namespace {

/// Copies what a batch has of something, wherever that lies, into its place beside the labels of the largest batch,
/// which is made with the first.
void keep(const at::Tensor& from, at::Tensor& to, const at::Tensor& labels) {
  if (!from.defined()) return;
  if (!to.defined())
    to = at::empty({labels.size(0), from.size(1)}, at::TensorOptions(at::kFloat).device(labels.device()));
  to.narrow(0, 0, from.size(0)).copy_(from);
}

}  // namespace

StaticStep::StaticStep(nn::Network& network, Optimiser& optimiser, std::int64_t batch_size, ImageShape shape,
                       const Compute& compute, Loss loss)
    : network_(network),
      optimiser_(optimiser),
      loss_(std::move(loss)),
      images_(nn::fastLayout(at::empty({batch_size, shape.channels, shape.height, shape.width},
                                       at::TensorOptions(nn::computeType(compute.precision)).device(compute.device)))),
      labels_(at::empty({batch_size}, at::TensorOptions(at::kLong).device(compute.device))),
      rates_(at::empty({optimiser.rates({}).size(1)}, at::TensorOptions(at::kFloat).device(compute.device))) {}

void StaticStep::load(const Batch& batch, const at::Tensor& rates) {
  count_ = batch.labels.size(0);
  images_.narrow(0, 0, count_).copy_(batch.images);
  labels_.narrow(0, 0, count_).copy_(batch.labels);
  rates_.copy_(rates);
  keep(batch.targets, targets_, labels_);
  keep(batch.opinions, opinions_, labels_);
}

Batch StaticStep::loaded() const {
  Batch batch{images_, labels_, targets_};
  batch.opinions = opinions_;
  return batch.narrowed(0, count_);
}

Forward StaticStep::run() {
  optimiser_.zeroGradients();
  const Forward result = forward(network_, loaded(), loss_);
  result.loss.backward();
  optimiser_.step(rates_);
  return {result.loss.detach(), result.correct};
}

}  // namespace fer::train
