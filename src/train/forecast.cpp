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
#include "train/batch/prefetch.hpp"
#include "train/flop_counter.hpp"
#include "train/optim/unfreezing.hpp"
#include "train/step/resident_training.hpp"
#include "train/stopwatch.hpp"

namespace fer::train {
namespace {

constexpr std::size_t kWarmUp = 3;  ///< steps in which LibTorch chooses its kernels
constexpr std::size_t kLeast = 5;   ///< steps timed
constexpr std::size_t kMost = 200;
constexpr double kSeconds = 5;  ///< of timed steps, about

/// The work of an epoch, as a Trainer does it, with nothing kept.
class Sample {
 public:
  Sample(const Experiment& experiment, const data::TrainingData& data, nn::Network& network, const Compute& compute)
      : experiment_(experiment),
        data_(data),
        network_(network),
        compute_(compute),
        size_(static_cast<std::size_t>(experiment.train.batch_size)),
        order_(epochOrder(data.train, experiment.train.seed, 0)),
        steps_(batchCount(order_.size(), size_, experiment.train.drop_last)),
        optimiser_(
            Unfreezing(experiment.model, experiment.train, network).trained(network, static_cast<std::int64_t>(steps_)),
            experiment.train.optimiser) {
    if (!compute.device.is_cuda()) return;
    try {
      resident_ = std::make_unique<ResidentTraining>(experiment, data, network, optimiser_, compute);
    } catch (const c10::OutOfMemoryError&) {
      // As a Trainer then does: batches are made on the CPU.
    }
  }

  std::size_t steps() const { return steps_; }

  Batch batch(std::size_t step) const {
    const TrainingBatches batches{data_.dataset,
                                  experiment_.augment,
                                  {experiment_.augment, experiment_.preprocess, data_.dataset.shape()},
                                  experiment_.train.seed};
    return batches.make(batchRows(order_, step, size_), 0);
  }

  /// Steps from `begin` on until `go_on` says no.
  void train(std::size_t begin, std::size_t end, const std::function<bool()>& go_on) {
    nn::setTrainingMode(network_);
    if (resident_) {
      const std::vector<double> lrs(end - begin, experiment_.train.optimiser.lr);
      resident_->train(order_, 0, begin, lrs, [&](std::int64_t) { return go_on(); });
      return;
    }
    Prefetch<Batch> loader([this](std::size_t step) { return batch(step); }, begin, end,
                           static_cast<std::size_t>(experiment_.machine.loader_threads));
    while (const std::optional<Batch> next = loader.next()) {
      ++network_.position()->step;
      trainStep(network_, optimiser_, experiment_.train.optimiser.lr, *next, compute_);
      if (!go_on()) return;
    }
  }

  void validate(std::size_t batches) {
    network_.eval();
    for (std::size_t i = 0; i < batches; ++i)
      evaluateStep(network_, plainBatch(data_.dataset, experiment_.preprocess, batchRows(order_, i, size_)), compute_);
  }

  std::size_t size() const { return size_; }

 private:
  const Experiment& experiment_;
  const data::TrainingData& data_;
  nn::Network& network_;
  Compute compute_;
  std::size_t size_;
  std::vector<std::uint32_t> order_;
  std::size_t steps_;
  Optimiser optimiser_;
  std::unique_ptr<ResidentTraining> resident_;
};

/// One step by hand, to look at it between forward and backward pass.
void lookInside(Sample& sample, nn::Network& network, const Compute& compute, Forecast& result) {
  nn::setTrainingMode(network);
  const Batch batch = sample.batch(0);
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
  result.data_bytes = data.dataset.size() * data.dataset.shape().size();
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
  Sample sample(experiment, data, network, compute);
  lookInside(sample, network, compute, result);

  sample.train(0, std::min(kWarmUp, sample.steps()), [] { return true; });
  std::size_t done = 0;
  const Stopwatch watch;
  sample.train(0, std::min(kMost, sample.steps()), [&] { return ++done < kLeast || watch.seconds() < kSeconds; });
  result.trained_per_second = static_cast<double>(done * sample.size()) / watch.seconds();

  sample.validate(1);
  const std::size_t batches = std::min(std::size_t{8}, sample.steps());
  const Stopwatch validation;
  sample.validate(batches);
  result.validated_per_second = static_cast<double>(batches * sample.size()) / validation.seconds();
  result.epoch_seconds = static_cast<double>(sample.steps() * sample.size()) / result.trained_per_second +
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
