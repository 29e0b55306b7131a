#include "fer/nn/freezing.hpp"

#include <algorithm>
#include <set>

#include "fer/core/error.hpp"

namespace fer::nn {
namespace {

/// "features.0, features.2 ...": what holds parameters of its own.
std::string layerNames(const Network& network) {
  std::set<std::string> names;
  std::string list;
  for (const auto& item : network.named_parameters()) {
    const std::string name = item.key().substr(0, item.key().rfind('.'));
    if (names.insert(name).second) list += (list.empty() ? "" : ", ") + name;
  }
  return list;
}

bool isFrozen(const torch::nn::Module& module) {
  const auto parameters = module.parameters(/*recurse=*/false);
  return !parameters.empty() &&
         std::none_of(parameters.begin(), parameters.end(), [](const at::Tensor& p) { return p.requires_grad(); });
}

}  // namespace

bool belongsTo(std::string_view tensor, std::string_view layer) {
  return tensor.starts_with(layer) && (tensor.size() == layer.size() || tensor[layer.size()] == '.');
}

void requireLayers(const Network& network, const std::vector<std::string>& names, const std::string& key) {
  const auto parameters = network.named_parameters();
  for (const std::string& name : names)
    if (std::none_of(parameters.begin(), parameters.end(), [&](const auto& p) { return belongsTo(p.key(), name); }))
      throw usageError(key + ": the network has no layer \"" + name + "\" (layers: " + layerNames(network) + ")");
}

void freeze(Network& network, const std::vector<std::string>& layers, const std::vector<std::string>& released) {
  const auto anyHolds = [](const std::vector<std::string>& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& layer) { return belongsTo(name, layer); });
  };
  for (auto& item : network.named_parameters())
    item.value().set_requires_grad(!anyHolds(layers, item.key()) || anyHolds(released, item.key()));
}

void setTrainingMode(Network& network) {
  network.train();
  for (const auto& module : network.modules(/*include_self=*/false))
    if (isFrozen(*module)) module->eval();
}

}  // namespace fer::nn
