#pragma once

#include <span>
#include <string>
#include <vector>

#include "fer/core/image_shape.hpp"
#include "fer/graph/graph.hpp"
#include "fer/graph/models/options.hpp"

namespace fer::graph {

/// Everything that decides a network's layers.
struct ModelSpec {
  std::string name;  ///< an entry of modelTable()
  ImageShape input;  ///< what an image must look like
  std::vector<std::string> classes;
  InputOptions prepare{};  ///< what the network does to it first
  ArchitectureOptions architecture{};
};

struct ModelEntry {
  const char* name;
  const char* description;  ///< one line
  Graph (*make)(const ModelSpec& spec);
  /// For a network whose body has torchvision's layers: what others call their own classifiers, which are not used,
  /// torchvision's first. Ours is named "head". None: nobody offers pretrained weights.
  std::span<const char* const> foreign_heads;
  std::span<const char* const> options;  ///< keys of ArchitectureOptions that it understands: "width"
};

/// Every model there is.
std::span<const ModelEntry> modelTable();
std::vector<std::string> modelNames();

/// Throws Error (usage) for an unknown name, listing the valid ones.
const ModelEntry& modelEntry(const std::string& name);

/// The layers of spec.name; the last one's output are the logits, one a class. Throws Error (usage) for an unknown
/// name, for an option that the model has not, and for an input too small for the network.
Graph makeGraph(const ModelSpec& spec);

}  // namespace fer::graph
