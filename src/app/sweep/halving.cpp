#include "app/sweep/halving.hpp"

#include <algorithm>
#include <cstdint>

namespace fer::app {

std::vector<Rung> rungsOf(const Halving& halving, std::size_t trials) {
  std::vector<Rung> rungs;
  const auto add = [&](int epochs) {
    rungs.push_back({epochs, trials});
    trials = std::max<std::size_t>(1, trials / static_cast<std::size_t>(halving.factor));
  };
  for (std::int64_t epochs = halving.first_epochs; epochs < halving.epochs; epochs *= halving.factor)
    add(static_cast<int>(epochs));
  add(halving.epochs);
  return rungs;
}

std::string rungText(const Rung& rung) {
  return std::to_string(rung.trials) + (rung.trials == 1 ? " trial" : " trials") + " to epoch " +
         std::to_string(rung.epochs);
}

}  // namespace fer::app
