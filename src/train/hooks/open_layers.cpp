#include "train/hooks/open_layers.hpp"

#include <utility>

namespace fer::train {

OpenLayers::OpenLayers(Unfreezing unfreezing, Optimiser& optimiser, std::size_t steps_per_epoch, Log& log)
    : unfreezing_(std::move(unfreezing)),
      optimiser_(optimiser),
      steps_(static_cast<std::int64_t>(steps_per_epoch)),
      log_(log) {}

void OpenLayers::epochBegin(nn::Network& network, const TrainingState& state) {
  for (const std::string& layer : open(network, state.epoch))
    if (state.step == 0) log_.line("unfrozen: " + layer);
}

std::vector<std::string> OpenLayers::open(nn::Network& network, int epoch) {
  std::vector<std::string> fresh = unfreezing_.apply(network, epoch);
  optimiser_.add(unfreezing_.trained(network, steps_));
  return fresh;
}

}  // namespace fer::train
