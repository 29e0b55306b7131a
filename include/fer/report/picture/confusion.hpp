#pragma once

#include <string>
#include <vector>

#include "fer/metrics/confusion.hpp"

namespace fer::report {

/// A confusion matrix in pixels, for viewers that show no SVG: per cent of each true class's rows, true classes down,
/// predicted ones across; as the bytes of a PNG file. Long names are cut. Throws std::invalid_argument where there is
/// not one name a class, and Error where fer was built without OpenCV.
std::string confusionPicture(const metrics::ConfusionMatrix& confusion, const std::vector<std::string>& classes);

}  // namespace fer::report
