#include "train/optim/unfreezing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fer/nn/freezing.hpp"

namespace fer::train {
namespace {

constexpr const char* kUnfreezeKey = "train.unfreeze";
constexpr const char* kScaleKey = "train.optimiser.lr_scale";

std::vector<std::string> layersOf(const std::vector<LayerNumber>& list) {
  std::vector<std::string> layers;
  layers.reserve(list.size());
  for (const LayerNumber& item : list) layers.push_back(item.layer);
  return layers;
}

}  // namespace

Unfreezing::Unfreezing(const graph::ModelOptions& model, const TrainOptions& train, nn::Network& network)
    : frozen_(model.frozen),
      unfreeze_(parseLayerNumbers(train.unfreeze, kUnfreezeKey)),
      lr_scale_(parseLayerNumbers(train.optimiser.lr_scale, kScaleKey)),
      bias_lr_(train.optimiser.bias_lr) {
  nn::requireLayers(network, frozen_, "model.frozen");
  nn::requireLayers(network, layersOf(unfreeze_), kUnfreezeKey);
  nn::requireLayers(network, layersOf(lr_scale_), kScaleKey);
}

std::vector<std::string> Unfreezing::apply(nn::Network& network, int epoch) const {
  std::vector<std::string> released;
  std::vector<std::string> fresh;
  for (const LayerNumber& item : unfreeze_) {
    if (item.number > epoch) continue;
    released.push_back(item.layer);
    if (epoch > 0 && item.number > epoch - 1) fresh.push_back(item.layer);
  }
  nn::freeze(network, frozen_, released);
  return fresh;
}

int Unfreezing::firstEpoch(const std::string& tensor) const {
  const auto holds = [&](const std::string& layer) { return nn::belongsTo(tensor, layer); };
  if (std::none_of(frozen_.begin(), frozen_.end(), holds)) return 0;
  double first = std::numeric_limits<int>::max();
  for (const LayerNumber& item : unfreeze_)
    if (holds(item.layer)) first = std::min(first, std::ceil(item.number));
  return static_cast<int>(first);
}

std::vector<TrainedParameter> Unfreezing::trained(const nn::Network& network, std::int64_t steps_per_epoch) const {
  std::vector<TrainedParameter> list;
  for (const auto& [name, tensor] : nn::namedState(network)) {
    if (!tensor.requires_grad()) continue;
    const double scale = numberFor(name, lr_scale_, 1.0) * (name.ends_with(".bias") ? bias_lr_ : 1.0);
    list.push_back({name, tensor, scale, firstEpoch(name) * steps_per_epoch});
  }
  return list;
}

}  // namespace fer::train
