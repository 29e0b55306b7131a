#include "metrics/probability/rows.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace fer::metrics {

void checkRows(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes,
               const char* who) {
  const auto refuse = [&](const std::string& why) { throw std::invalid_argument(std::string(who) + ": " + why); };
  if (classes == 0 || probabilities.size() != labels.size() * classes)
    refuse(std::to_string(probabilities.size()) + " probabilities for " + std::to_string(labels.size()) + " rows of " +
           std::to_string(classes) + " classes");
  for (const int label : labels)
    if (label < 0 || static_cast<std::size_t>(label) >= classes)
      refuse("label " + std::to_string(label) + " is none of the " + std::to_string(classes) + " classes");
  if (std::any_of(probabilities.begin(), probabilities.end(), [](float value) { return std::isnan(value); }))
    refuse("a probability is not a number");
}

double logProbability(float probability) {
  constexpr double kLeast = 1e-15;
  return std::log(std::max(static_cast<double>(probability), kLeast));
}

}  // namespace fer::metrics
