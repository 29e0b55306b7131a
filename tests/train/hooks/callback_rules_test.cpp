#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "train/hooks/early_stopping.hpp"
#include "train/hooks/reduce_lr.hpp"

namespace fer::train {
namespace {

const double kNan = std::nan("");
const double kInfinity = std::numeric_limits<double>::infinity();

TEST(Improvement, IsStrictAndNeverTakesWhatIsNotFinite) {
  const struct {
    double value;
    std::optional<double> best;
    Better better;
    double delta;
    bool expected;
  } cases[] = {
      {1.0, std::nullopt, Better::kLower, 0, true},
      {kNan, std::nullopt, Better::kLower, 0, false},
      {-kInfinity, std::nullopt, Better::kLower, 0, false},
      {1.0, 1.0, Better::kLower, 0, false},
      {0.999, 1.0, Better::kLower, 0, true},
      {0.75, 1.0, Better::kLower, 0.25, false},
      {0.5, 1.0, Better::kLower, 0.25, true},
      {1.0, 1.0, Better::kHigher, 0, false},
      {1.25, 1.0, Better::kHigher, 0.25, false},
      {1.5, 1.0, Better::kHigher, 0.25, true},
      {kNan, 1.0, Better::kHigher, 0, false},
  };
  for (const auto& c : cases)
    EXPECT_EQ(improves(c.value, c.best, c.better, c.delta), c.expected) << c.value << " after " << c.best.value_or(-1);
}

TEST(Improvement, OfAMonitorIsKerasAuto) {
  for (const char* monitor : {"loss", "val_loss"}) EXPECT_EQ(betterOf("auto", monitor), Better::kLower) << monitor;
  for (const char* monitor : {"accuracy", "val_accuracy"})
    EXPECT_EQ(betterOf("auto", monitor), Better::kHigher) << monitor;
  EXPECT_EQ(betterOf("min", "accuracy"), Better::kLower);
  EXPECT_EQ(betterOf("max", "loss"), Better::kHigher);
}

/// The 0-based epoch at which a trace stops, or -1.
int stopsAt(const EarlyStoppingOptions& options, const std::vector<double>& trace) {
  EarlyStopping rule(options);
  for (std::size_t epoch = 0; epoch < trace.size(); ++epoch)
    if (rule.offer(static_cast<int>(epoch), trace[epoch]) == EarlyStopping::Verdict::kStop)
      return static_cast<int>(epoch);
  return -1;
}

EarlyStoppingOptions stopping(int patience, double min_delta = 0, const std::string& mode = "min") {
  return {.mode = mode, .min_delta = min_delta, .patience = patience};
}

// By hand from Keras 2.8's EarlyStopping.on_epoch_end.
TEST(EarlyStopping, StopsWhereKerasDoes) {
  EXPECT_EQ(stopsAt(stopping(3), {5, 4, 4, 4, 4, 4}), 4);            // best at 1, patience 3
  EXPECT_EQ(stopsAt(stopping(3), {5, 4, 4.5, 4.2, 3.9, 4, 4}), -1);  // improved in time
  EXPECT_EQ(stopsAt(stopping(0), {5, 4, 3, 3}), 3);                  // no patience: the first epoch without improvement
  EXPECT_EQ(stopsAt(stopping(0), {kNan, 4, 3, 2}), -1);              // epoch 0 never stops
  EXPECT_EQ(stopsAt(stopping(1), {kNan, 4, 4}), 2);                  // NaN first does not poison the best
  EXPECT_EQ(stopsAt(stopping(2), {kNan, kNan, 1}), 1);
  EXPECT_EQ(stopsAt(stopping(2, 0.5), {5, 4.5, 4.4, 4}), -1);  // 4.4 < 4.5 is 0.6 better than 5
  EXPECT_EQ(stopsAt(stopping(2, 0.5), {5, 4.5, 4.5, 4}), 2);   // exactly min_delta is no improvement
  EXPECT_EQ(stopsAt(stopping(2, 0, "max"), {0.5, 0.6, 0.6, 0.55}), 3);
  EarlyStoppingOptions beaten = stopping(2);
  beaten.baseline = 3;
  EXPECT_EQ(stopsAt(beaten, {6, 5, 4, 3, 3}), 4);    // better each time, but never than 3
  EXPECT_EQ(stopsAt(beaten, {6, 5, 2, 3, 2.5}), 4);  // 2 beats it at 2
  const std::vector<double> flat(12, 1.0);
  EXPECT_EQ(stopsAt(stopping(10), flat), 10);  // patience 10 stops at best + 10
}

TEST(EarlyStopping, GoesOnFromItsState) {
  const std::vector<double> trace{5, 4, 4.5, 4.2, 4.1, 4.3};
  for (std::size_t cut = 0; cut < 4; ++cut) {
    EarlyStopping straight(stopping(3));
    EarlyStopping second(stopping(3));
    for (std::size_t epoch = 0; epoch < 5; ++epoch) {
      const auto verdict = straight.offer(static_cast<int>(epoch), trace[epoch]);
      if (epoch == cut) second.restore(straight.state());
      if (epoch > cut) {
        EXPECT_EQ(second.offer(static_cast<int>(epoch), trace[epoch]), verdict) << cut << " " << epoch;
      }
    }
    EXPECT_EQ(second.state().best_epoch, 1);
  }
}

/// The learning rate after each epoch, from 1.
std::vector<double> ratesOf(const ReduceLrOptions& options, const std::vector<double>& trace) {
  ReduceLrOnPlateau rule(options);
  std::vector<double> rates;
  rates.reserve(trace.size());
  double lr = 1.0;
  for (const double value : trace) rates.push_back(lr = rule.offer(value, lr));
  return rates;
}

ReduceLrOptions reducing(int patience, int cooldown = 0, double min_lr = 0, double min_delta = 0) {
  return {.factor = 0.5, .patience = patience, .min_delta = min_delta, .cooldown = cooldown, .min_lr = min_lr};
}

// By hand from Keras 2.8's ReduceLROnPlateau.on_epoch_end.
TEST(ReduceLr, CutsWhereKerasDoes) {
  using Rates = std::vector<double>;
  EXPECT_EQ(ratesOf(reducing(2), {5, 5, 5, 5, 5}), (Rates{1, 1, 0.5, 0.5, 0.25}));
  EXPECT_EQ(ratesOf(reducing(2), {5, 5, 4, 4, 4}), (Rates{1, 1, 1, 1, 0.5}));
  // cooldown 2: cut at epoch 1; epoch 2 leaves 1 to cool, epoch 3 leaves 0 and counts again.
  EXPECT_EQ(ratesOf(reducing(1, 2), {5, 5, 5, 5, 5}), (Rates{1, 0.5, 0.5, 0.25, 0.25}));
  EXPECT_EQ(ratesOf(reducing(1, 0, 0.4), {5, 5, 5, 5}), (Rates{1, 0.5, 0.4, 0.4}));
  EXPECT_EQ(ratesOf(reducing(1, 0, 0, 0.5), {5, 4.5, 3.9}), (Rates{1, 0.5, 0.5}));  // 4.5 is not enough, 3.9 is
  EXPECT_EQ(ratesOf(reducing(1), {kNan, 5, kNan}), (Rates{0.5, 0.5, 0.25}));
  EXPECT_EQ(ratesOf(reducing(0), {5, 5, 4}), (Rates{1, 0.5, 0.5}));
}

}  // namespace
}  // namespace fer::train
