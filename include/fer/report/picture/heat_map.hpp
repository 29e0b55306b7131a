#pragma once

#include <span>

#include "fer/report/picture/picture.hpp"

namespace fer::report {

/// A picture, in grey, under a map of values from 0 to 1, a value a pixel: where the map is 0 the picture is dimmed,
/// towards 1 it glows from violet through orange to pale yellow (matplotlib's "inferno", whose lightness grows evenly),
/// half and half. Throws std::invalid_argument where the sizes differ.
Picture underHeat(const Picture& picture, std::span<const float> heat);

}  // namespace fer::report
