#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/nn/network.hpp"

namespace fer::nn {

/// Everything that decides a network's layers.
struct ModelSpec {
  std::string name;        ///< an entry of modelTable()
  data::ImageShape input;  ///< what an image must look like
  std::vector<std::string> classes;
};

struct ModelEntry {
  const char* name;
  const char* description;  ///< one line
  std::shared_ptr<Network> (*make)(const ModelSpec& spec);
};

/// Every model there is.
std::span<const ModelEntry> modelTable();
std::vector<std::string> modelNames();

/// The network of spec.name with its weights not yet set (see initialise.hpp and checkpoint.hpp). Throws Error (usage)
/// for an unknown name, listing the valid ones, and for an input too small for the network.
std::shared_ptr<Network> makeModel(const ModelSpec& spec);

}  // namespace fer::nn
