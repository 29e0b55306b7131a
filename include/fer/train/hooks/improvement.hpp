#pragma once

#include <optional>
#include <string>

namespace fer::train {

/// Which direction of a metric is better.
enum class Better { kLower, kHigher };

/// `mode` is "min", "max", or "auto": then more is better where the monitor's name has "acc" in it, as for Keras'
/// callbacks.
Better betterOf(const std::string& mode, const std::string& monitor);

/// Keras' test, strict: v + d < best (lower) or v - d > best (higher). The first finite value is an improvement; a
/// value that is not finite never is.
bool improves(double value, const std::optional<double>& best, Better better, double min_delta);

}  // namespace fer::train
