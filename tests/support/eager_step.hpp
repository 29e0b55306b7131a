#pragma once

#include <ATen/ATen.h>

#include "train/step/ledger.hpp"
#include "train/step/step.hpp"

namespace fer::test {

inline train::Sums sumsOf(const train::Forward& result, const train::Batch& batch) {
  train::Ledger ledger(1, result.loss.device());
  ledger.add(result, batch.labels.size(0));
  return ledger.settle().front();
}

/// A step of training on the CPU with that learning rate, as a loop does it.
inline train::Sums trainStep(nn::Network& network, train::Optimiser& optimiser, double lr, const train::Batch& batch) {
  const auto steps = train::eagerSteps(network, optimiser, {});
  const train::Sums sums = sumsOf(steps->train(batch, optimiser.rates({&lr, 1}).select(0, 0)), batch);
  optimiser.countSteps(1);
  return sums;
}

inline train::Sums evaluateStep(nn::Network& network, const train::Batch& batch) {
  train::Optimiser none({}, {});
  return sumsOf(train::eagerSteps(network, none, {})->evaluate(batch), batch);
}

}  // namespace fer::test
