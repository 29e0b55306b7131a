#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/nn/models/options.hpp"
#include "fer/nn/network.hpp"

namespace fer::nn {

/// Everything that decides a network's layers.
struct ModelSpec {
  std::string name;        ///< an entry of modelTable()
  data::ImageShape input;  ///< what an image must look like
  std::vector<std::string> classes;
  InputOptions prepare{};  ///< what the network does to it first
};

struct ModelEntry {
  const char* name;
  const char* description;  ///< one line
  std::shared_ptr<Network> (*make)(const ModelSpec& spec);
  /// For a network whose body has torchvision's layers: what others call their own classifiers, which are not used,
  /// torchvision's first. Ours is named "head". None: nobody offers pretrained weights.
  std::span<const char* const> foreign_heads;
};

/// Every model there is.
std::span<const ModelEntry> modelTable();
std::vector<std::string> modelNames();

/// Throws Error (usage) for an unknown name, listing the valid ones.
const ModelEntry& modelEntry(const std::string& name);

/// The network of spec.name with its weights not yet set (see initialise.hpp and checkpoint.hpp). Throws Error (usage)
/// for an unknown name, and for an input too small for the network.
std::shared_ptr<Network> makeModel(const ModelSpec& spec);

}  // namespace fer::nn
