#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// What a run stores of itself.
struct ModelCardSources {
  std::string name;         ///< of the run
  std::string config;       ///< the text of config.json; "" where there is none, as in an ensemble's folder
  std::string environment;  ///< the text of environment.json; "" where there is none
  std::vector<metrics::Summary> evaluations;
  double temperature = 1;  ///< that an exported model's logits were divided by
};

/// A model card: intended use, what is prohibited, data with its hash and audit, protocol, scores with intervals, cost,
/// limits. A record that is missing leaves its lines out. Throws Error (bad data) where config or environment is no
/// JSON. Source: Mitchell et al., "Model cards for model reporting", FAT* 2019.
std::string modelCard(const ModelCardSources& records);

/// Writes model-card.md into a run's or an ensemble's folder, from its config.json, environment.json and every
/// eval/*/evaluation.json, these by name, each before the one against other labels. The folder of an exported model has
/// no config.json: `config` is the text that the model holds, `temperature` what its logits were divided by. Throws
/// Error with the path where one is damaged or the card cannot be written.
void writeModelCard(const std::filesystem::path& folder, const std::string& config = "", double temperature = 1);

}  // namespace fer::report
