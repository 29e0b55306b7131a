#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>
#include <utility>

#include "fer/nn/device.hpp"
#include "train/step/reducer.hpp"
#include "train/step/step.hpp"

namespace fer::train {
namespace {

class EagerSteps : public StepRunner {
 public:
  EagerSteps(nn::Network& network, Optimiser& optimiser, const Compute& compute, Loss loss, const Reducer* reducer)
      : network_(network), optimiser_(optimiser), compute_(compute), loss_(std::move(loss)), reducer_(reducer) {}

  void within(const std::function<void()>& work) override { work(); }

  Forward train(const Batch& batch, const at::Tensor& rates) override {
    nn::seedGenerator(compute_.device, *network_.position());
    optimiser_.zeroGradients();
    const Batch here = moved(batch);
    Forward result = forward(network_, here, loss_);
    if (reducer_ != nullptr)
      result = reducer_->backward(network_, optimiser_, result, loss_.weightOf(here));
    else if (isFinite(result))
      result.loss.backward();
    if (isFinite(result)) optimiser_.step(rates);
    return result;
  }

  Forward evaluate(const Batch& batch) override {
    const torch::NoGradGuard no_grad;
    return forward(network_, moved(batch));
  }

  bool waits() const override { return true; }
  std::string description() const override { return {}; }

 private:
  static bool isFinite(const Forward& result) { return std::isfinite(result.loss.item<double>()); }

  Batch moved(const Batch& batch) const {
    const at::Tensor images = batch.images.to(compute_.device);
    const bool narrow = compute_.precision == nn::Precision::kBf16;
    Batch here = batch;
    here.images = narrow ? images.to(at::kBFloat16) : images;
    here.labels = batch.labels.to(compute_.device);
    if (batch.targets.defined()) here.targets = batch.targets.to(compute_.device);
    if (batch.opinions.defined()) here.opinions = batch.opinions.to(compute_.device);
    return here;
  }

  nn::Network& network_;
  Optimiser& optimiser_;
  Compute compute_;
  Loss loss_;
  const Reducer* reducer_;
};

}  // namespace

std::unique_ptr<StepRunner> eagerSteps(nn::Network& network, Optimiser& optimiser, const Compute& compute, Loss loss,
                                       const Reducer* reducer) {
  return std::make_unique<EagerSteps>(network, optimiser, compute, std::move(loss), reducer);
}

}  // namespace fer::train
