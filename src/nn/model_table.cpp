#include "fer/nn/model_table.hpp"

#include "fer/core/error.hpp"
#include "models.hpp"

namespace fer::nn {
namespace {

constexpr ModelEntry kModels[] = {
    {"generic", "four convolution levels and two dense layers, 4.5M parameters", &makeGeneric},
    {"vgg_block", "three VGG blocks and two dense layers, 4.8M parameters", &makeVggBlock},
};

}  // namespace

std::span<const ModelEntry> modelTable() {
  return kModels;
}

std::vector<std::string> modelNames() {
  std::vector<std::string> names;
  for (const ModelEntry& entry : kModels) names.emplace_back(entry.name);
  return names;
}

std::shared_ptr<Network> makeModel(const ModelSpec& spec) {
  for (const ModelEntry& entry : kModels)
    if (spec.name == entry.name) return entry.make(spec);
  std::string names;
  for (const ModelEntry& entry : kModels) names += (names.empty() ? "" : ", ") + std::string(entry.name);
  throw usageError("model.name: there is no model \"" + spec.name + "\" (models: " + names + ")");
}

}  // namespace fer::nn
