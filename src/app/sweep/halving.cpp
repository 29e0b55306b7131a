#include "app/sweep/halving.hpp"

#include <algorithm>

namespace fer::app {

std::vector<int> rungsOf(const Halving& halving) {
  std::vector<int> rungs;
  for (std::int64_t epochs = halving.first_epochs; epochs < halving.epochs; epochs *= halving.factor)
    rungs.push_back(static_cast<int>(epochs));
  rungs.push_back(halving.epochs);
  return rungs;
}

std::size_t keptOf(std::size_t trials, int factor) {
  return std::min(trials, std::max<std::size_t>(1, trials / static_cast<std::size_t>(factor)));
}

}  // namespace fer::app
