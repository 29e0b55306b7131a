#include <cmath>

#include "fer/metrics/probability/scores.hpp"

namespace fer::metrics {
namespace {

/// Sums over the classes of the products of rows labelled and predicted so.
struct Marginals {
  double both = 0;
  double labelled = 0;
  double predicted = 0;
};

Marginals marginals(const ConfusionMatrix& confusion) {
  Marginals sums;
  for (std::size_t i = 0; i < confusion.classes(); ++i) {
    const auto labelled = static_cast<double>(confusion.labelled(i));
    const auto predicted = static_cast<double>(confusion.predicted(i));
    sums.both += labelled * predicted;
    sums.labelled += labelled * labelled;
    sums.predicted += predicted * predicted;
  }
  return sums;
}

}  // namespace

double cohenKappa(const ConfusionMatrix& confusion) {
  const auto rows = static_cast<double>(confusion.total());
  const double by_chance = marginals(confusion).both;
  const double room = rows * rows - by_chance;
  return room == 0 ? 0 : (static_cast<double>(confusion.correct()) * rows - by_chance) / room;
}

double matthews(const ConfusionMatrix& confusion) {
  const auto rows = static_cast<double>(confusion.total());
  const Marginals sums = marginals(confusion);
  const double spread = (rows * rows - sums.labelled) * (rows * rows - sums.predicted);
  return spread == 0 ? 0 : (static_cast<double>(confusion.correct()) * rows - sums.both) / std::sqrt(spread);
}

}  // namespace fer::metrics
