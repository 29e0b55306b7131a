#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fer/core/config/key_table.hpp"

namespace fer::graph {

/// What may be chosen of a network's layers. Not every model has all of it: see ModelEntry::options. The bounds of the
/// keys are those of a description, too, so that no file makes a network that no memory holds.
struct ArchitectureOptions {
  double width = 1;                           ///< factor of the channels; they become multiples of 8
  double depth = 1;                           ///< factor of the blocks of a stage, of which one at least stays
  std::optional<double> dropout = {};         ///< share dropped before the last layer; none: the model's own
  std::optional<double> squeeze_excite = {};  ///< squeezed channels, a share of those they gate; 0: no gates; none: the
                                              ///< model's own. Source: Hu et al. 2018
  double stochastic_depth = 0;                ///< share of images whose last branch is dropped in training; see
                                              ///< StochasticDepth in graph.hpp

  bool operator==(const ArchitectureOptions&) const = default;
};

void describe(ArchitectureOptions& options, KeyTable& table);  ///< keys model.*

/// Keys of the options that were chosen, those that are not as they are by default: "width".
std::vector<std::string> chosenOptions(ArchitectureOptions options);

}  // namespace fer::graph
