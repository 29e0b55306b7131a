#include "fer/graph/models/table.hpp"

#include <algorithm>

#include "fer/core/error.hpp"
#include "graph/models/models.hpp"

namespace fer::graph {
namespace {

constexpr const char* kVgg16Heads[] = {"classifier", "pre_logits", "head"};  // torchvision's; the others timm's
constexpr const char* kResnet50Heads[] = {"fc"};                             // of both

constexpr const char* kOfPlain[] = {"width", "dropout"};
constexpr const char* kOfResidual[] = {"width", "depth", "dropout", "squeeze_excite", "stochastic_depth"};

constexpr ModelEntry kModels[] = {
    {"generic", "four convolution levels and two dense layers, 4.5M parameters", &makeGeneric, {}, {}},
    {"vgg_block", "three VGG blocks and two dense layers, 4.8M parameters", &makeVggBlock, {}, {}},
    {"inception_block", "one inception module and a dense layer, 151M parameters", &makeInceptionBlock, {}, {}},
    {"vgg16", "VGG-16's convolutions and a head of three dense layers, 15M parameters", &makeVgg16, kVgg16Heads, {}},
    {"resnet50",
     "ResNet-50's convolutions and a head of three dense layers, 28M parameters",
     &makeResnet50,
     kResnet50Heads,
     {}},
    {"compact", "three pairs of convolutions, for shipping, 0.8M parameters", &makeCompact, {}, kOfPlain},
    {"resnet18", "ResNet-18 for small images, 11M parameters", &makeResnet18, {}, kOfResidual},
    {"compact_residual",
     "four residual blocks with squeeze-and-excite, 0.7M parameters",
     &makeCompactResidual,
     {},
     kOfResidual},
    {"compact_200k", "eight inverted bottlenecks, 0.2M parameters", &makeCompact200k, {}, kOfResidual},
    {"compact_50k", "five inverted bottlenecks, 0.05M parameters", &makeCompact50k, {}, kOfResidual},
};

bool understands(const ModelEntry& entry, const std::string& option) {
  return std::find(entry.options.begin(), entry.options.end(), option) != entry.options.end();
}

void requireUnderstood(const ModelEntry& entry, const ArchitectureOptions& options) {
  for (const std::string& option : chosenOptions(options)) {
    if (understands(entry, option)) continue;
    std::string names;
    for (const ModelEntry& other : kModels)
      if (understands(other, option)) names += (names.empty() ? "" : ", ") + std::string(other.name);
    throw usageError("model." + option + ": " + entry.name + " has no such option (models that have it: " + names +
                     "). Leave it out, or choose one of them.");
  }
}

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
  const ModelEntry& entry = modelEntry(spec.name);
  requireUnderstood(entry, spec.architecture);
  return entry.make(spec);
}

}  // namespace fer::graph
