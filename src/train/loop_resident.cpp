// The part of Trainer that works with data and steps on the device.
#include <c10/util/Exception.h>

#include <cmath>

#include "fer/core/progress.hpp"
#include "fer/nn/out_of_memory.hpp"
#include "train/loop.hpp"
#include "train/stopwatch.hpp"

namespace fer::train {

/// On a GPU whatever can stay there does, and the log says what cannot.
void TrainingLoop::openResident() {
  if (resident_ || (!context_.compute.device.is_cuda() && !context_.resident)) return;
  try {
    resident_ = std::make_unique<ResidentTraining>(experiment_, data_, *network_, *optimiser_, context_.compute);
    log_.line(resident_->description());
  } catch (const c10::OutOfMemoryError& error) {
    leaveResident(error);
  }
}

void TrainingLoop::leaveResident(const c10::OutOfMemoryError& error) {
  resident_.reset();
  context_.resident = false;
  log_.line("the images do not fit on " + context_.compute.device.str() + ", so batches are made on the CPU (" +
            nn::lineOf(error) + ")");
}

bool TrainingLoop::trainResident(Progress& progress, const std::function<bool()>& interrupted) {
  const auto epoch = static_cast<std::uint32_t>(state_.epoch);
  const Stopwatch watch;
  const std::vector<std::uint32_t> order = epochOrder(data_.train, experiment_.train.seed, epoch);
  auto enqueued = static_cast<std::size_t>(state_.sums.images);
  bool whole = true;
  const auto go_on = [&](std::int64_t images) {
    enqueued += static_cast<std::size_t>(images);
    for (const auto& callback : callbacks_) callback->stepEnd(*network_);
    progress.update(enqueued, "");  // losses are read at the end
    return whole = !interrupted();
  };
  const std::string before = resident_->description();
  std::vector<Sums> steps;
  try {
    std::vector<double> lrs;
    for (auto step = static_cast<std::size_t>(state_.step); step < stepsPerEpoch(); ++step) lrs.push_back(lrOf(step));
    steps = resident_->train(order, epoch, static_cast<std::size_t>(state_.step), lrs, go_on);
  } catch (const c10::OutOfMemoryError& error) {
    if (enqueued != static_cast<std::size_t>(state_.sums.images)) throw;  // weights have moved on
    leaveResident(error);
    return trainFromLoader(progress, interrupted);
  }
  if (resident_->description() != before) log_.line(resident_->description());  // the step could not be recorded
  for (const Sums& sums : steps) {
    if (!std::isfinite(sums.loss)) throw notFinite("the loss is");
    state_.sums.add(sums);
    ++state_.step;
  }
  state_.train_seconds += watch.seconds();
  return whole;
}

bool TrainingLoop::validateResident(const std::function<bool()>& interrupted, Sums& sums) {
  bool whole = true;
  for (const Sums& batch : resident_->validate([&](std::int64_t) { return whole = !interrupted(); })) sums.add(batch);
  return whole;
}

}  // namespace fer::train
