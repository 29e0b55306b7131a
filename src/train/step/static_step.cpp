#include "train/step/static_step.hpp"

#include <ATen/ATen.h>

#include <utility>

#include "fer/nn/memory/layout.hpp"

namespace fer::train {

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
  if (!batch.targets.defined()) return;
  if (!targets_.defined()) targets_ = at::empty({labels_.size(0), batch.targets.size(1)}, batch.targets.options());
  targets_.narrow(0, 0, count_).copy_(batch.targets);
}

Forward StaticStep::run() {
  optimiser_.zeroGradients();
  const Forward result = forward(network_,
                                 {images_.narrow(0, 0, count_), labels_.narrow(0, 0, count_),
                                  targets_.defined() ? targets_.narrow(0, 0, count_) : targets_},
                                 loss_);
  result.loss.backward();
  optimiser_.step(rates_);
  return {result.loss.detach(), result.correct};
}

}  // namespace fer::train
