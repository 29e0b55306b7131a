#include "fer/graph/models/table.hpp"

#include "fer/core/error.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {
namespace {

constexpr const char* kVgg16Heads[] = {"classifier", "pre_logits", "head"};  // torchvision's; the others timm's
constexpr const char* kResnet50Heads[] = {"fc"};                             // of both

constexpr ModelEntry kModels[] = {
    {"generic", "four convolution levels and two dense layers, 4.5M parameters", &makeGeneric, {}},
    {"vgg_block", "three VGG blocks and two dense layers, 4.8M parameters", &makeVggBlock, {}},
    {"inception_block", "one inception module and a dense layer, 151M parameters", &makeInceptionBlock, {}},
    {"vgg16", "VGG-16's convolutions and a head of three dense layers, 15M parameters", &makeVgg16, kVgg16Heads},
    {"resnet50", "ResNet-50's convolutions and a head of three dense layers, 28M parameters", &makeResnet50,
     kResnet50Heads},
    {"compact", "three pairs of convolutions, for shipping, 0.8M parameters", &makeCompact, {}},
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

Graph makeGraph(const ModelSpec& spec) {
  return modelEntry(spec.name).make(spec);
}

}  // namespace fer::graph
