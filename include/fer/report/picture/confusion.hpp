#pragma once

#include <string>
#include <vector>

#include "fer/metrics/confusion.hpp"
#include "fer/report/picture/picture.hpp"

namespace fer::report {

/// A confusion matrix in pixels, for viewers that show no SVG: per cent of each true class's rows, true classes down,
/// predicted ones across. Long names are cut. Throws std::invalid_argument where there is not one name a class.
Picture confusionPicture(const metrics::ConfusionMatrix& confusion, const std::vector<std::string>& classes);

}  // namespace fer::report
