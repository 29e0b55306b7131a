#pragma once

#include <algorithm>
#include <optional>

#include "fer/train/hooks/improvement.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// When to cut the learning rate, from one value an epoch. Source: keras.callbacks.ReduceLROnPlateau (2.8).
class ReduceLrOnPlateau {
 public:
  struct State {
    std::optional<double> best;
    int wait = 0;
    int cooling = 0;
  };

  explicit ReduceLrOnPlateau(const ReduceLrOptions& options)
      : options_(options), better_(betterOf(options.mode, options.monitor)) {}

  /// The learning rate of the next epoch.
  double offer(double value, double lr) {
    if (state_.cooling > 0) {
      --state_.cooling;
      state_.wait = 0;
    }
    if (improves(value, mark(), better_, 0.0)) {
      state_.best = value;
      state_.wait = 0;
      return lr;
    }
    if (state_.cooling > 0) return lr;
    ++state_.wait;
    if (state_.wait < options_.patience || lr <= options_.min_lr) return lr;
    state_.cooling = options_.cooldown;
    state_.wait = 0;
    return std::max(lr * options_.factor, options_.min_lr);
  }

  const State& state() const { return state_; }
  void restore(const State& state) { state_ = state; }

 private:
  /// What is to be beaten. Keras moves the best by min_delta here, but the value in early stopping: their last bits
  /// differ.
  std::optional<double> mark() const {
    if (!state_.best) return std::nullopt;
    return better_ == Better::kLower ? *state_.best - options_.min_delta : *state_.best + options_.min_delta;
  }

  ReduceLrOptions options_;
  Better better_;
  State state_;
};

}  // namespace fer::train
