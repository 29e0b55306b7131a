#pragma once

#include <span>
#include <string>

#include "fer/graph/graph.hpp"

namespace fer::graph {

/// What an operation makes of inputs of these shapes. Throws Error (usage) that names the layer where they do not fit,
/// or where nothing would be left of them.
Shape outputShape(const std::string& name, const Operation& operation, std::span<const Shape> inputs);

}  // namespace fer::graph
