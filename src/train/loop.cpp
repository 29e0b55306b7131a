#include "train/loop.hpp"

#include <ATen/Context.h>
#include <torch/utils.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/processors.hpp"
#include "fer/core/progress.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/nn/finite.hpp"
#include "fer/nn/freezing.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/nn/out_of_memory.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/metrics_csv.hpp"
#include "train/batch/mixing.hpp"
#include "train/batch/prefetch.hpp"
#include "train/hooks/average_weights.hpp"
#include "train/hooks/callbacks.hpp"
#include "train/optim/schedule.hpp"
#include "train/stopwatch.hpp"

namespace fer::train {
namespace {

constexpr const char* kLessMemory =
    "Stop other programs that use it, start with a smaller train.batch_size, or train with --device cpu.";

double monotonicSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string lossAndAccuracy(const Sums& sums) {
  return "loss " + fixed(sums.meanLoss(), 4) + "  acc " + fixed(sums.accuracy(), 4);
}

}  // namespace

TrainingLoop::TrainingLoop(const Experiment& experiment, const data::TrainingData& data,
                           std::shared_ptr<nn::Network> network, const TrainerContext& context, Log& log)
    : experiment_(experiment),
      data_(data),
      context_(context),
      log_(log),
      network_(std::move(network)),
      unfreezing_(experiment.model, experiment.train, *network_),
      crowd_(context.compute.device.is_cpu() ? context.threads : 1, usableProcessors()) {
  nn::needingMemory(context.compute.device, kLessMemory, [&] { nn::useFastLayout(*network_, context.compute.device); });
  nn::allowTf32(context.compute.precision);
  network_->position()->seed = experiment.train.seed;
  at::globalContext().setDeterministicAlgorithms(experiment.train.deterministic, false);
  at::globalContext().setDeterministicCuDNN(experiment.train.deterministic);
  optimiser_ = std::make_unique<Optimiser>(std::vector<TrainedParameter>{}, experiment.train.optimiser);
  openLayers();
  if (experiment.train.ema.decay > 0) callbacks_.push_back(averageWeights(experiment.train.ema));
  callbacks_.push_back(bestCheckpoint(experiment.train.checkpoint, [this](int epoch) { saveModel("best", epoch); }));
  if (experiment.train.early_stopping.enabled) callbacks_.push_back(earlyStopping(experiment.train.early_stopping));
  if (experiment.train.reduce_lr.enabled) callbacks_.push_back(reduceLrOnPlateau(experiment.train.reduce_lr));
  state_.lr = experiment.train.optimiser.lr;
  state_.conditions =
      nn::computeConditions(context.compute.device, context.threads, context.compute.precision, network_->kernels());
}

std::size_t TrainingLoop::stepsPerEpoch() const {
  return batchCount(data_.train.size(), static_cast<std::size_t>(experiment_.train.batch_size),
                    experiment_.train.drop_last);
}

/// The learning rate of a step of the epoch under way.
double TrainingLoop::lrOf(std::size_t step) const {
  return state_.lr * scheduleFactor(experiment_.train.schedule,
                                    {experiment_.train.epochs, static_cast<std::int64_t>(stepsPerEpoch()), state_.epoch,
                                     static_cast<std::int64_t>(step)});
}

/// Freezes and trains what this epoch wants. Returns the layers let go at this very epoch.
std::vector<std::string> TrainingLoop::openLayers() {
  std::vector<std::string> fresh = unfreezing_.apply(*network_, state_.epoch);
  optimiser_->add(unfreezing_.trained(*network_, static_cast<std::int64_t>(stepsPerEpoch())));
  return fresh;
}

/// Before hours of training, not after: room for the checkpoints, and for each one's replacement beside it.
void TrainingLoop::requireSpace() const {
  std::uintmax_t model = 0;
  std::uintmax_t last = 0;
  for (const auto& [name, tensor] : nn::namedState(*network_)) {
    const std::uintmax_t bytes = tensor.nbytes();
    const bool restored = experiment_.train.early_stopping.enabled && experiment_.train.early_stopping.restore_best;
    model += bytes;
    const bool averaged = experiment_.train.ema.decay > 0;
    last += bytes * (1 + (restored ? 1 : 0) + (averaged ? 1 : 0) + (tensor.requires_grad() ? 2 : 0));
  }
  const bool fresh = state_.epoch == 0 && state_.step == 0;
  requireFreeSpace(context_.run.path(), fresh ? 2 * last + 3 * model : last + 2 * model,
                   "Free some, or train elsewhere (--out). A smaller last.safetensors: "
                   "--set train.early_stopping.restore_best=false.");
}

Trainer::Ending TrainingLoop::run(const std::function<bool()>& interrupted,
                                  const std::function<void(const TrainingState&)>& epoch_ended,
                                  std::optional<int> until) {
  Trainer::Ending ending{};
  nn::needingMemory(context_.compute.device, kLessMemory,
                    [&] { ending = runEpochs(interrupted, epoch_ended, until.value_or(experiment_.train.epochs)); });
  return ending;
}

Trainer::Ending TrainingLoop::runEpochs(const std::function<bool()>& interrupted,
                                        const std::function<void(const TrainingState&)>& epoch_ended, int until) {
  requireSpace();
  openResident();
  if (state_.epoch == 0 && state_.step == 0) saveLast();  // a run can be resumed from its first moment on
  writeRows();                                            // what a killed training left may say more, or less
  while (state_.epoch < until && !state_.stop) {
    Sums validation;
    const bool trained = trainEpoch(interrupted);
    const Stopwatch watch;
    for (const auto& callback : callbacks_) callback->evaluationBegin(*network_);
    const bool whole = trained && validate(interrupted, validation);
    if (!std::isfinite(validation.loss)) throw notFinite("the validation loss is");
    requireFiniteWeights();
    if (whole) endEpoch(validation, watch.seconds());
    for (const auto& callback : callbacks_) callback->evaluationEnd(*network_);
    if (!whole) {
      saveLast();
      return Trainer::Ending::kInterrupted;
    }
    const bool ended = state_.stop || state_.epoch == until;
    if (ended || state_.epoch % experiment_.train.checkpoint.every == 0) saveLast();
    writeRows();
    if (epoch_ended) epoch_ended(state_);
  }
  if (!state_.stop && state_.epoch < experiment_.train.epochs) return Trainer::Ending::kPaused;
  finish();
  return Trainer::Ending::kFinished;
}

void TrainingLoop::writeRows() const {
  if (state_.rows.empty() && !std::filesystem::exists(context_.run.metrics())) return;
  writeFile(context_.run.metrics(), metricsCsv(state_.rows));
  writeFile(context_.run.timing(), timingCsv(state_.timing));
}

bool TrainingLoop::trainEpoch(const std::function<bool()>& interrupted) {
  const std::string label =
      "epoch " + std::to_string(state_.epoch + 1) + "/" + std::to_string(experiment_.train.epochs);
  const std::size_t images = stepsPerEpoch() * static_cast<std::size_t>(experiment_.train.batch_size);
  Progress progress(log_.watched(), context_.terminal, label, std::min(data_.train.size(), images),
                    static_cast<std::size_t>(state_.sums.images));
  for (const std::string& layer : openLayers())
    if (state_.step == 0) log_.line("unfrozen: " + layer);
  nn::setTrainingMode(*network_);
  try {
    const bool whole = resident_ ? trainResident(progress, interrupted) : trainFromLoader(progress, interrupted);
    progress.finish();
    return whole;
  } catch (...) {
    progress.finish();
    throw;
  }
}

bool TrainingLoop::trainFromLoader(Progress& progress, const std::function<bool()>& interrupted) {
  const TrainOptions& options = experiment_.train;
  const auto epoch = static_cast<std::uint32_t>(state_.epoch);
  const auto size = static_cast<std::size_t>(options.batch_size);
  const TrainingBatches batches{data_.dataset,
                                experiment_.augment,
                                {experiment_.augment, experiment_.preprocess, data_.dataset.shape()},
                                options.seed};
  const Stopwatch watch;
  const std::vector<std::uint32_t> order = epochOrder(data_.train, options.seed, epoch);
  const auto make = [&](std::size_t step) {
    return mixed(options.mix, {options.seed, epoch, static_cast<std::uint32_t>(step)},
                 batches.make(batchRows(order, step, size), epoch),
                 static_cast<std::int64_t>(data_.dataset.classes().size()));
  };
  const Loss loss = trainingLoss(options.loss, data_.dataset, data_.train, context_.compute.device);
  Prefetch<Batch> loader(make, static_cast<std::size_t>(state_.step), stepsPerEpoch(),
                         static_cast<std::size_t>(experiment_.machine.loader_threads));
  const double earlier = state_.train_seconds;
  while (const std::optional<Batch> batch = loader.next()) {
    network_->position()->epoch = epoch;
    network_->position()->step = static_cast<std::uint32_t>(state_.step);
    nn::seedGenerator(context_.compute.device, *network_->position());
    const double lr = lrOf(static_cast<std::size_t>(state_.step));
    const Sums sums = trainStep(*network_, *optimiser_, lr, *batch, context_.compute, loss);
    if (!std::isfinite(sums.loss)) throw notFinite("the loss is");
    for (const auto& callback : callbacks_) callback->stepEnd(*network_);
    state_.sums.add(sums);
    ++state_.step;
    state_.train_seconds = earlier + watch.seconds();
    progress.update(static_cast<std::size_t>(state_.sums.images), lossAndAccuracy(state_.sums));
    if (const auto line = crowd_.look(monotonicSeconds())) {
      progress.finish();
      log_.line(*line);
    }
    if (interrupted()) return false;
  }
  return true;
}

Error TrainingLoop::notFinite(const std::string& what) const {
  const bool validating = static_cast<std::size_t>(state_.step) == stepsPerEpoch();
  const std::string step = validating ? "" : ", step " + std::to_string(state_.step + 1);
  return Error(Fault::kOther, "epoch " + std::to_string(state_.epoch + 1) + step + ": " + what +
                                  " not finite (learning rate " + compact(state_.lr) +
                                  "). The last good weights are in " + context_.run.checkpoint("last").string() +
                                  ". Start a new run with a lower train.optimiser.lr.");
}

/// A step's loss says nothing of what its update made of the weights. Asked before they are saved, so that no
/// checkpoint with good ones is overwritten.
void TrainingLoop::requireFiniteWeights() const {
  if (const std::string names = nn::notFinite(nn::namedState(*network_)); !names.empty())
    throw notFinite(names + (names.find(' ') == std::string::npos ? " is" : " are"));
}

bool TrainingLoop::validate(const std::function<bool()>& interrupted, Sums& sums) {
  try {
    if (resident_) return validateResident(interrupted, sums);
  } catch (const c10::OutOfMemoryError& error) {
    leaveResident(error);
  }
  const auto size = static_cast<std::size_t>(experiment_.train.batch_size);
  const auto make = [&](std::size_t index) {
    return plainBatch(data_.dataset, experiment_.preprocess, batchRows(data_.validation, index, size));
  };
  Prefetch<Batch> loader(make, 0, batchCount(data_.validation.size(), size, false),
                         static_cast<std::size_t>(experiment_.machine.loader_threads));
  network_->eval();
  while (const std::optional<Batch> batch = loader.next()) {
    sums.add(evaluateStep(*network_, *batch, context_.compute));
    if (interrupted()) return false;
  }
  return true;
}

void TrainingLoop::endEpoch(const Sums& validation, double seconds) {
  const EpochLogs logs{{"accuracy", state_.sums.accuracy()},
                       {"loss", state_.sums.meanLoss()},
                       {"lr", lrOf(stepsPerEpoch() - 1)},
                       {"val_accuracy", validation.accuracy()},
                       {"val_loss", validation.meanLoss()}};
  std::string note;
  EpochEnd end{state_.epoch, logs, *network_, state_.lr, state_.stop, state_.restored, note};
  for (const auto& callback : callbacks_) callback->epochEnd(end);
  log_.line("epoch " + std::to_string(state_.epoch + 1) + "/" + std::to_string(experiment_.train.epochs) + "  " +
            lossAndAccuracy(state_.sums) + "  val_loss " + fixed(validation.meanLoss(), 4) + "  val_acc " +
            fixed(validation.accuracy(), 4) + "  lr " + compact(logs.at("lr")) + "  " +
            durationText(state_.train_seconds + seconds) + " (" +
            fixed(static_cast<double>(state_.sums.images) / state_.train_seconds, 1) + " img/s)" + note);
  state_.rows.push_back(logs);
  state_.timing.push_back({state_.train_seconds, seconds, state_.sums.images});
  ++state_.epoch;
  state_.step = 0;
  state_.sums = {};
  state_.train_seconds = 0;
}

void TrainingLoop::finish() {
  for (const auto& callback : callbacks_) callback->evaluationBegin(*network_);
  saveModel("final", weightsEpoch());
  for (const auto& callback : callbacks_) callback->evaluationEnd(*network_);
  log_.line(state_.stop ? "stopped by " + *state_.stop
                        : "finished all " + std::to_string(experiment_.train.epochs) + " epochs");
}

}  // namespace fer::train
