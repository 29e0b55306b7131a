// The part of Trainer that works with data and steps on the device.
#include <c10/util/Exception.h>

#include <cmath>

#include "fer/core/progress.hpp"
#include "fer/train/trainer.hpp"
#include "train/stopwatch.hpp"

namespace fer::train {

/// On a GPU whatever can stay there does, and the log says what cannot.
void Trainer::openResident() {
  if (resident_ || (!place_.compute.device.is_cuda() && !place_.resident)) return;
  try {
    resident_ = std::make_unique<ResidentTraining>(experiment_, data_, *network_, *optimiser_, place_.compute);
    log_.line(resident_->description());
  } catch (const c10::OutOfMemoryError& error) {
    log_.line("the images do not fit on " + place_.compute.device.str() + ", so batches are made on the CPU (" +
              std::string(error.what_without_backtrace()) + ")");
  }
}

bool Trainer::trainResident(Progress& progress, const std::function<bool()>& interrupted) {
  const auto epoch = static_cast<std::uint32_t>(state_.epoch);
  const Stopwatch watch;
  const std::vector<std::uint32_t> order = epochOrder(data_.train, experiment_.train.seed, epoch);
  auto enqueued = static_cast<std::size_t>(state_.sums.images);
  bool whole = true;
  const auto go_on = [&](std::int64_t images) {
    enqueued += static_cast<std::size_t>(images);
    progress.update(enqueued, "");  // losses are read at the end
    return whole = !interrupted();
  };
  const std::string before = resident_->description();
  const std::vector<Sums> steps =
      resident_->train(order, epoch, static_cast<std::size_t>(state_.step), stepsPerEpoch(), state_.lr, go_on);
  if (resident_->description() != before) log_.line(resident_->description());  // the step could not be recorded
  for (const Sums& sums : steps) {
    if (!std::isfinite(sums.loss)) throw notFinite();
    state_.sums.add(sums);
    ++state_.step;
  }
  state_.train_seconds += watch.seconds();
  return whole;
}

}  // namespace fer::train
