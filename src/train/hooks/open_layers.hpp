#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fer/core/log.hpp"
#include "train/hooks/hook.hpp"
#include "train/optim/optimiser.hpp"
#include "train/optim/unfreezing.hpp"

namespace fer::train {

/// Freezes what an epoch wants, and gives the optimiser what it lets go. Optimiser and log outlive it.
class OpenLayers : public Hook {
 public:
  OpenLayers(Unfreezing unfreezing, Optimiser& optimiser, std::size_t steps_per_epoch, Log& log);

  void epochBegin(nn::Network& network, const TrainingState& state) override;

  /// Returns the layers let go at this very epoch.
  std::vector<std::string> open(nn::Network& network, int epoch);

 private:
  Unfreezing unfreezing_;
  Optimiser& optimiser_;
  std::int64_t steps_;
  Log& log_;
};

}  // namespace fer::train
