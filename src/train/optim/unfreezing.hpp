#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fer/graph/models/options.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/options.hpp"
#include "train/optim/layer_numbers.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::train {

/// Which layers are trained in which epoch, and how fast: a function of the config alone, so that a resume needs no
/// record of it. Sources: Howard and Ruder 2018 (gradual unfreezing, discriminative learning rates).
class Unfreezing {
 public:
  /// Throws Error (usage) where a layer is named that the network has not.
  Unfreezing(const graph::ModelOptions& model, const TrainOptions& train, nn::Network& network);

  /// Freezes what is frozen in the 0-based epoch and nothing else. Returns the layers let go at this very epoch.
  std::vector<std::string> apply(nn::Network& network, int epoch) const;

  /// The parameters that are trained now, as an optimiser takes them.
  std::vector<TrainedParameter> trained(const nn::Network& network, std::int64_t steps_per_epoch) const;

 private:
  int firstEpoch(const std::string& tensor) const;

  std::vector<std::string> frozen_;
  std::vector<LayerNumber> unfreeze_;
  std::vector<LayerNumber> lr_scale_;
  double bias_lr_;
};

}  // namespace fer::train
