#include "fer/train/step.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>

#include "fer/nn/memory_layout.hpp"

namespace fer::train {
namespace {

struct Forward {
  at::Tensor loss;  ///< mean over the batch
  Sums sums;
};

Forward forward(nn::Network& network, const Batch& batch, const Compute& compute) {
  const at::Tensor labels = batch.labels.to(compute.device);
  const at::Tensor images = batch.images.to(compute.device, nn::computeType(compute.precision));
  const at::Tensor logits = network.forward(nn::fastLayout(images)).to(at::kFloat);
  Forward result{at::cross_entropy_loss(logits, labels), {}};
  result.sums.images = labels.size(0);
  result.sums.loss = result.loss.item<double>() * static_cast<double>(result.sums.images);
  result.sums.correct = logits.argmax(1).eq(labels).sum().item<std::int64_t>();
  return result;
}

}  // namespace

void Sums::add(const Sums& other) {
  loss += other.loss;
  correct += other.correct;
  images += other.images;
}

Sums trainStep(nn::Network& network, Adam& optimiser, double lr, const Batch& batch, const Compute& compute) {
  optimiser.zeroGradients();
  const Forward result = forward(network, batch, compute);
  if (!std::isfinite(result.sums.loss)) return result.sums;
  result.loss.backward();
  optimiser.step(lr);
  return result.sums;
}

Sums evaluateStep(nn::Network& network, const Batch& batch, const Compute& compute) {
  const torch::NoGradGuard no_grad;
  return forward(network, batch, compute).sums;
}

}  // namespace fer::train
