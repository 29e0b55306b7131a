#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::data {

/// A dataset whose labels count other classes.
struct Relabelled {
  Dataset dataset;
  std::size_t left_out = 0;  ///< rows of classes that are none of the new ones
};

/// The rows whose class has a name among `classes`, with labels that count these; parts and row ids stay, soft
/// targets keep the shares of these, scaled to sum to 1.
Relabelled relabelled(const Dataset& dataset, const std::vector<std::string>& classes);

}  // namespace fer::data
