#pragma once

#include <string>

#include "fer/report/history.hpp"

namespace fer::report {

/// A self-contained SVG picture: loss and accuracy beside each other, training against validation, the best epoch of
/// the validation (lowest loss, highest accuracy; of equal ones the first) marked in each.
std::string curvesSvg(const History& history, const std::string& title);

/// The two halves of curvesSvg as pictures of their own, for pages that place them by their width.
std::string lossSvg(const History& history);
std::string accuracySvg(const History& history);

}  // namespace fer::report
