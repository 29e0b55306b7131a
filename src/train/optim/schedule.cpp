#include "train/optim/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fer::train {
namespace {

/// From `from` to `to` along half a cosine; `share` of the way, 0..1.
double cosineBetween(double from, double to, double share) {
  return to + (from - to) * (1 + std::cos(std::numbers::pi * share)) / 2;
}

double oneCycle(const ScheduleTime& time) {
  constexpr double kRising = 0.3;
  constexpr double kStart = 1.0 / 25;
  constexpr double kEnd = kStart / 1e4;
  const double total = static_cast<double>(time.epochs) * static_cast<double>(time.steps_an_epoch);
  const double done =
      static_cast<double>(time.epoch) * static_cast<double>(time.steps_an_epoch) + static_cast<double>(time.step);
  const double top = kRising * total - 1;
  if (done <= top) return cosineBetween(kStart, 1, done / top);
  return cosineBetween(1, kEnd, std::min(1.0, (done - top) / (total - 1 - top)));
}

double afterWarmUp(const ScheduleOptions& options, double epochs, double x) {
  const double share = std::clamp((x - options.warmup) / std::max(epochs - options.warmup, 1e-9), 0.0, 1.0);
  if (options.name == "cosine") return cosineBetween(1, options.final, share);
  if (options.name == "linear") return 1 - (1 - options.final) * share;
  if (options.name != "step") return 1;
  const auto reached =
      std::count_if(options.milestones.begin(), options.milestones.end(), [&](double epoch) { return epoch <= x; });
  return std::pow(options.gamma, static_cast<double>(reached));
}

}  // namespace

double scheduleFactor(const ScheduleOptions& options, const ScheduleTime& time) {
  if (options.name == "one_cycle") return oneCycle(time);
  const auto steps = static_cast<double>(time.steps_an_epoch);
  const double x = time.epoch + static_cast<double>(time.step) / steps;
  if (x < options.warmup) return std::min(1.0, (x + 1 / steps) / options.warmup);
  return afterWarmUp(options, time.epochs, x);
}

std::vector<double> epochRates(const TrainOptions& options, double lr, int epoch, std::size_t begin,
                               std::size_t steps) {
  std::vector<double> rates;
  rates.reserve(steps - begin);
  for (std::size_t step = begin; step < steps; ++step)
    rates.push_back(lr * scheduleFactor(options.schedule, {options.epochs, static_cast<std::int64_t>(steps), epoch,
                                                           static_cast<std::int64_t>(step)}));
  return rates;
}

}  // namespace fer::train
