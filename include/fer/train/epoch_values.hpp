#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace fer::train {

/// One epoch's values by Keras' names: accuracy, loss, lr, val_accuracy, val_loss.
using EpochLogs = std::map<std::string, double>;

/// Sums over the images of some batches; losses are cross entropies in nats.
struct Sums {
  double loss = 0;
  std::int64_t correct = 0;
  std::int64_t images = 0;

  void add(const Sums& other);
  double meanLoss() const { return loss / static_cast<double>(images); }
  double accuracy() const { return static_cast<double>(correct) / static_cast<double>(images); }
};

}  // namespace fer::train
