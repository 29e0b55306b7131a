#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace fer::vision {

/// A column for each row, none twice, so that the sum of (cost - limit) over the pairs is least: pairs that cost
/// `limit` or more are not made, and as many others are as pay. Costs are finite. Time grows with rows x rows x
/// columns. The shortest augmenting paths of Jonker and Volgenant (Computing 38, 1987), as kept by Crouse (IEEE TAES
/// 52, 2016).
std::vector<std::optional<std::size_t>> assigned(const cv::Mat1d& costs, double limit);

}  // namespace fer::vision
