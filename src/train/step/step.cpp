#include "train/step/step.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>

#include "fer/nn/memory/layout.hpp"

namespace fer::train {
namespace {

Sums sumsOf(const Forward& result, const Batch& batch) {
  const std::int64_t images = batch.labels.size(0);
  return {result.loss.item<double>() * static_cast<double>(images), result.correct.item<std::int64_t>(), images};
}

Batch moved(const Batch& batch, const Compute& compute) {
  const at::Tensor images = batch.images.to(compute.device);
  const bool narrow = compute.precision == nn::Precision::kBf16;
  return {narrow ? images.to(at::kBFloat16) : images, batch.labels.to(compute.device),
          batch.targets.defined() ? batch.targets.to(compute.device) : at::Tensor()};
}

}  // namespace

void Sums::add(const Sums& other) {
  loss += other.loss;
  correct += other.correct;
  images += other.images;
}

Forward forward(nn::Network& network, const Batch& batch, const Loss& loss) {
  at::Tensor logits = network.forward(nn::fastLayout(batch.images));
  if (logits.scalar_type() == at::kBFloat16) logits = logits.to(at::kFloat);
  const at::Tensor& wanted = batch.targets.defined() ? batch.targets : batch.labels;
  return {loss.of(logits, wanted), logits.argmax(1).eq(batch.labels).sum()};
}

Sums trainStep(nn::Network& network, Optimiser& optimiser, double lr, const Batch& batch, const Compute& compute,
               const Loss& loss) {
  optimiser.zeroGradients();
  const Forward result = forward(network, moved(batch, compute), loss);
  const Sums sums = sumsOf(result, batch);
  if (!std::isfinite(sums.loss)) return sums;
  result.loss.backward();
  optimiser.step(lr);
  return sums;
}

Sums evaluateStep(nn::Network& network, const Batch& batch, const Compute& compute) {
  const torch::NoGradGuard no_grad;
  return sumsOf(forward(network, moved(batch, compute)), batch);
}

}  // namespace fer::train
