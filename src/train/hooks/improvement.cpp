#include "fer/train/hooks/improvement.hpp"

#include <cmath>

namespace fer::train {

Better betterOf(const std::string& mode, const std::string& monitor) {
  const bool accuracy = monitor.find("acc") != std::string::npos;
  return mode == "max" || (mode == "auto" && accuracy) ? Better::kHigher : Better::kLower;
}

bool improves(double value, const std::optional<double>& best, Better better, double min_delta) {
  if (!std::isfinite(value)) return false;
  if (!best) return true;
  return better == Better::kLower ? value + min_delta < *best : value - min_delta > *best;
}

}  // namespace fer::train
