#pragma once

#include <cstdint>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::data {

/// For each row the first row with the same pixels: its own number where there is none before it.
std::vector<std::uint32_t> firstRowsWithSamePixels(const Dataset& dataset);

}  // namespace fer::data
