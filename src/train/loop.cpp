#include "train/loop.hpp"

#include <cmath>

#include "fer/core/text/numbers.hpp"
#include "fer/nn/finite.hpp"
#include "fer/nn/freezing.hpp"
#include "fer/train/batch/batches.hpp"
#include "train/optim/schedule.hpp"
#include "train/step/ledger.hpp"
#include "train/stopwatch.hpp"

namespace fer::train {

Trainer::Ending Loop::run(const Interrupted& interrupted, int until) {
  tell(&Hook::trainBegin, state_);
  while (state_.epoch < until && !state_.stop) {
    Sums validation;
    const bool trained = trainEpoch(interrupted);
    const Stopwatch watch;
    tell(&Hook::evaluationBegin, training_.network);
    const bool whole = trained && validate(interrupted, validation);
    if (!std::isfinite(validation.loss)) throw notFinite("the validation loss is");
    // A step's loss says nothing of what its update made of the weights.
    if (const std::string names = nn::notFinite(nn::namedState(training_.network)); !names.empty())
      throw notFinite(names + (names.find(' ') == std::string::npos ? " is" : " are"));
    if (whole) endEpoch(validation, watch.seconds());
    tell(&Hook::evaluationEnd, training_.network);
    if (!whole) {
      tell(&Hook::paused, state_);
      return Trainer::Ending::kInterrupted;
    }
    tell(&Hook::epochDone, state_);
  }
  if (!state_.stop && state_.epoch < training_.experiment.train.epochs) {
    tell(&Hook::paused, state_);
    return Trainer::Ending::kPaused;
  }
  tell(&Hook::evaluationBegin, training_.network);
  tell(&Hook::trainEnd, state_);
  tell(&Hook::evaluationEnd, training_.network);
  return Trainer::Ending::kFinished;
}

bool Loop::trainEpoch(const Interrupted& interrupted) {
  tell(&Hook::epochBegin, training_.network, state_);
  nn::setTrainingMode(training_.network);
  return withRoom([&] { return trainSteps(interrupted); });
}

bool Loop::trainSteps(const Interrupted& interrupted) {
  const auto epoch = static_cast<std::uint32_t>(state_.epoch);
  const auto begin = static_cast<std::size_t>(state_.step);
  const double earlier = state_.train_seconds;
  const Stopwatch watch;
  bool wanted = true;
  StepRunner& runner = training_.pipeline.steps();
  runner.within([&] {
    BatchSource& batches = training_.pipeline.batches();
    batches.beginEpoch(epoch, begin, steps_);
    const std::vector<double> lrs = epochRates(training_.experiment.train, state_.lr, state_.epoch, begin, steps_);
    const at::Tensor rates = training_.optimiser.rates(lrs).to(training_.pipeline.device());
    Ledger ledger(steps_ - begin, training_.pipeline.device());
    const auto place = training_.network.position();
    std::int64_t images = state_.sums.images;
    for (std::size_t step = begin; step < steps_ && wanted; ++step) {
      const Batch batch = batches.training(step);
      place->epoch = epoch;
      place->step = static_cast<std::uint32_t>(step);
      place->first_image = static_cast<std::uint32_t>(batch.first);
      const Forward result = runner.train(batch, rates.select(0, static_cast<std::int64_t>(step - begin)));
      moved_ = true;
      ledger.add(result, batch.wholeSize());
      images += batch.wholeSize();
      if (runner.waits()) settle(ledger);
      state_.train_seconds = earlier + watch.seconds();
      tell(&Hook::stepEnd, StepEnd{training_.network, images, state_.sums});
      wanted = agreed(!interrupted());
    }
    settle(ledger);
  });
  state_.train_seconds = earlier + watch.seconds();
  training_.pipeline.describe();
  return wanted;
}

/// Takes over what steps gave.
void Loop::settle(Ledger& ledger) {
  for (const Sums& sums : ledger.settle()) {
    if (!std::isfinite(sums.loss)) throw notFinite("the loss is");
    state_.sums.add(sums);
    ++state_.step;
    training_.optimiser.countSteps(1);
  }
}

bool Loop::validate(const Interrupted& interrupted, Sums& sums) {
  training_.network.eval();
  bool wanted = true;
  const auto look = [&] {
    BatchSource& batches = training_.pipeline.batches();
    batches.beginValidation();
    Ledger ledger(batches.validationBatches(), training_.pipeline.device());
    for (std::size_t i = 0; i < batches.validationBatches() && wanted; ++i) {
      const Batch batch = batches.validation(i);
      ledger.add(training_.pipeline.steps().evaluate(batch), batch.size());
      wanted = !interrupted();
    }
    for (const Sums& one : ledger.settle()) sums.add(one);
  };
  return withRoom([&] {
    training_.pipeline.steps().within(look);
    if (training_.group != nullptr) sums = training_.group->sum(sums);
    return agreed(wanted);
  });
}

void Loop::endEpoch(const Sums& validation, double seconds) {
  const TrainOptions& options = training_.experiment.train;
  const EpochLogs logs{{"accuracy", state_.sums.accuracy()},
                       {"loss", state_.sums.meanLoss()},
                       {"lr", epochRates(options, state_.lr, state_.epoch, steps_ - 1, steps_).front()},
                       {"val_accuracy", validation.accuracy()},
                       {"val_loss", validation.meanLoss()}};
  const EpochTiming timing{state_.train_seconds, seconds, state_.sums.images};
  EpochEnd end{state_.epoch, logs, timing, training_.network, state_.lr, state_.stop, state_.restored, {}};
  tell(&Hook::epochEnd, end);
  state_.rows.push_back(logs);
  state_.timing.push_back(timing);
  ++state_.epoch;
  state_.step = 0;
  state_.sums = {};
  state_.train_seconds = 0;
}

Error Loop::notFinite(const std::string& what) const {
  const std::string step =
      static_cast<std::size_t>(state_.step) == steps_ ? "" : ", step " + std::to_string(state_.step + 1);
  return Error(Fault::kOther, "epoch " + std::to_string(state_.epoch + 1) + step + ": " + what +
                                  " not finite (learning rate " + compact(state_.lr) +
                                  "). The last good weights are in " + training_.kept +
                                  ". Start a new run with a lower train.optimiser.lr.");
}

}  // namespace fer::train
