#include "fer/metrics/intervals/interval.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "metrics/intervals/normal.hpp"

namespace fer::metrics {

Interval wilson(std::int64_t successes, std::int64_t rows, double confidence) {
  if (successes < 0 || successes > rows) throw std::invalid_argument("wilson: successes are not within 0..rows");
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("wilson: the confidence is not inside 0..1");
  if (rows == 0) return {0, 1};
  const auto n = static_cast<double>(rows);
  const double share = static_cast<double>(successes) / n;
  const double z = normalQuantile(0.5 + confidence / 2);
  const double whole = 1 + z * z / n;
  const double centre = (share + z * z / (2 * n)) / whole;
  const double half = z / whole * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // Rounding must not leave a gap at the ends.
  return {successes == 0 ? 0 : std::max(centre - half, 0.0), successes == rows ? 1 : std::min(centre + half, 1.0)};
}

}  // namespace fer::metrics
