#include "fer/nn/models/table.hpp"

#include "fer/core/error.hpp"
#include "nn/models/models.hpp"

namespace fer::nn {
namespace {

constexpr ModelEntry kModels[] = {
    {"generic", "four convolution levels and two dense layers, 4.5M parameters", &makeGeneric, nullptr},
    {"vgg_block", "three VGG blocks and two dense layers, 4.8M parameters", &makeVggBlock, nullptr},
    {"inception_block", "one inception module and a dense layer, 151M parameters", &makeInceptionBlock, nullptr},
    {"vgg16", "VGG-16's convolutions and a head of three dense layers, 15M parameters", &makeVgg16, "classifier"},
    {"resnet50", "ResNet-50's convolutions and a head of three dense layers, 28M parameters", &makeResnet50, "fc"},
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

const ModelEntry& modelEntry(const std::string& name) {
  std::string names;
  for (const ModelEntry& entry : kModels) {
    if (name == entry.name) return entry;
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  throw usageError("model.name: there is no model \"" + name + "\" (models: " + names + ")");
}

std::shared_ptr<Network> makeModel(const ModelSpec& spec) {
  return modelEntry(spec.name).make(spec);
}

}  // namespace fer::nn
