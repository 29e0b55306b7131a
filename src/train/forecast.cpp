#include "fer/train/forecast.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "fer/core/progress.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/nn/freezing.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/nn/out_of_memory.hpp"
#include "fer/train/batch/batches.hpp"
#include "train/batch/batch_source.hpp"
#include "train/flop_counter.hpp"
#include "train/loop.hpp"
#include "train/optim/unfreezing.hpp"
#include "train/pipeline.hpp"
#include "train/stopwatch.hpp"

namespace fer::train {
namespace {

constexpr std::size_t kWarmUp = 3;  ///< steps in which LibTorch chooses its kernels
constexpr std::size_t kLeast = 5;   ///< steps timed
constexpr std::size_t kMost = 200;
constexpr double kSeconds = 5;         ///< of timed steps, about
constexpr std::size_t kValidated = 8;  ///< batches

/// One step by hand, to look at it between forward and backward pass.
void lookInside(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                const Compute& compute, Forecast& result) {
  nn::setTrainingMode(network);
  const auto batches = hostBatches(experiment, data);
  batches->beginEpoch(0, 0, 1);
  const Batch batch = batches->training(0);
  const auto images = static_cast<double>(batch.labels.size(0));
  const at::Tensor labels = batch.labels.to(compute.device);
  const at::Tensor input = nn::fastLayout(batch.images.to(compute.device, nn::computeType(compute.precision)));
  const std::size_t before = nn::tensorBytes();
  const FlopCounter counter;
  const at::Tensor loss = at::cross_entropy_loss(network.forward(input).to(at::kFloat), labels);
  result.saved_bytes = compute.device.is_cpu() ? nn::tensorBytes() - before : 0;
  result.forward_flop = counter.flop() / images;
  loss.backward();
  result.training_flop = counter.flop() / images;
}

void countBytes(const Experiment& experiment, const data::TrainingData& data, const nn::Network& network,
                Forecast& result) {
  result.data_bytes = data.dataset.size() * data.dataset.shape().size() + data.equalised.size();
  for (const auto& [name, tensor] : nn::namedState(network)) {
    constexpr std::size_t kTrained = 4;  // weight, gradient, two moments
    result.state_bytes += tensor.nbytes() * (tensor.requires_grad() ? kTrained : 1);
    if (experiment.train.early_stopping.enabled && experiment.train.early_stopping.restore_best)
      result.restore_bytes += tensor.nbytes();
  }
}

std::string mega(std::size_t bytes) {
  return fixed(static_cast<double>(bytes) / 1e6, 0);
}

std::string giga(double count, int digits) {
  return fixed(count / 1e9, digits);
}

Forecast measured(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                  const Compute& compute) {
  Forecast result;
  result.parameters = nn::countParameters(network);
  countBytes(experiment, data, network, result);
  nn::useFastLayout(network, compute.device);
  nn::allowTf32(compute.precision);
  lookInside(experiment, data, network, compute, result);

  const std::size_t steps = stepsPerEpoch(experiment.train, data);
  Optimiser optimiser(
      Unfreezing(experiment.model, experiment.train, network).trained(network, static_cast<std::int64_t>(steps)),
      experiment.train.optimiser, compute.precision);
  Pipeline pipeline(experiment, data, network, optimiser, compute, false, nullptr, [](const std::string&) {});
  TrainingState state;
  state.lr = experiment.train.optimiser.lr;
  const Hooks none;
  Loop loop({experiment, data, network, optimiser, pipeline, none, state, {}});
  std::size_t done = 0;
  loop.trainEpoch([&] { return ++done >= kWarmUp; });
  state.step = 0;
  state.sums = {};
  done = 0;
  const Stopwatch watch;
  loop.trainEpoch([&] { return ++done >= kMost || (done >= kLeast && watch.seconds() >= kSeconds); });
  result.trained_per_second = static_cast<double>(state.sums.images) / watch.seconds();

  const auto validate = [&](std::size_t batches) {
    Sums sums;
    loop.validate([&] { return --batches == 0; }, sums);
    return static_cast<double>(sums.images);
  };
  validate(1);
  const Stopwatch validation;
  result.validated_per_second = validate(kValidated) / validation.seconds();
  result.epoch_seconds = static_cast<double>(steps) * experiment.train.batch_size / result.trained_per_second +
                         static_cast<double>(data.validation.size()) / result.validated_per_second;
  return result;
}

}  // namespace

Forecast forecast(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                  const Compute& compute) {
  Forecast result;
  nn::needingMemory(compute.device, "Choose a smaller train.batch_size, or --device cpu.",
                    [&] { result = measured(experiment, data, network, compute); });
  return result;
}

std::string forecastText(const Forecast& forecast, const TrainOptions& options) {
  const std::size_t bytes = forecast.data_bytes + forecast.state_bytes + forecast.restore_bytes + forecast.saved_bytes;
  std::string text = "parameters  " + std::to_string(forecast.parameters.total) + ", " +
                     std::to_string(forecast.parameters.trainable) + " of them trained\n";
  text += "arithmetic  " + giga(forecast.forward_flop, 3) + " GFLOP an image forward, " +
          giga(forecast.training_flop, 3) + " trained\n";
  text += "memory      " + mega(bytes) + " MB beside LibTorch's own: dataset " + mega(forecast.data_bytes) +
          ", weights, gradients and moments " + mega(forecast.state_bytes) + ", best weights " +
          mega(forecast.restore_bytes) + ", kept for the backward pass " + mega(forecast.saved_bytes) + "\n";
  text += "speed       " + fixed(forecast.trained_per_second, 1) + " images/s trained (" +
          giga(forecast.trained_per_second * forecast.training_flop, 0) + " GFLOP/s), " +
          fixed(forecast.validated_per_second, 1) + " validated\n";
  text += "time        " + durationText(forecast.epoch_seconds) + " an epoch, " +
          durationText(forecast.epoch_seconds * options.epochs) + " for all " + std::to_string(options.epochs) +
          " epochs";
  return text + (options.early_stopping.enabled ? ", if early stopping does not end it sooner\n" : "\n");
}

}  // namespace fer::train
