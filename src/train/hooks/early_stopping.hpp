#pragma once

#include <optional>

#include "fer/train/hooks/improvement.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// When to stop, from one value an epoch. Source: keras.callbacks.EarlyStopping (2.12, 3): patience 10 stops at the
/// epoch best + 10; epoch 0 never stops, nor does one that improves. (2.8 could stop in one that improves: with
/// patience 0, and with a baseline.)
class EarlyStopping {
 public:
  enum class Verdict { kImproved, kWaiting, kStop };

  struct State {
    std::optional<double> best;
    int best_epoch = 0;
    int wait = 0;
  };

  explicit EarlyStopping(const EarlyStoppingOptions& options)
      : better_(betterOf(options.mode, options.monitor)),
        min_delta_(options.min_delta),
        patience_(options.patience),
        baseline_(options.baseline) {}

  Verdict offer(int epoch, double value) {
    ++state_.wait;
    if (improves(value, state_.best, better_, min_delta_)) {
      state_.best = value;
      state_.best_epoch = epoch;
      if (!baseline_ || improves(value, baseline_, better_, min_delta_)) state_.wait = 0;
      return Verdict::kImproved;
    }
    return state_.wait >= patience_ && epoch > 0 ? Verdict::kStop : Verdict::kWaiting;
  }

  const State& state() const { return state_; }
  void restore(const State& state) { state_ = state; }

 private:
  Better better_;
  double min_delta_;
  int patience_;
  std::optional<double> baseline_;
  State state_;
};

}  // namespace fer::train
