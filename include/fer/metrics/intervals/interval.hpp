#pragma once

#include <cstdint>

namespace fer::metrics {

struct Interval {
  double low = 0;
  double high = 0;

  bool operator==(const Interval&) const = default;
};

/// Wilson's score interval of a share; 0..1 where there are no rows. Throws std::invalid_argument where successes are
/// not 0..rows or the confidence not inside 0..1. Source: Wilson, "Probable inference, the law of succession, and
/// statistical inference", JASA 1927; statsmodels.stats.proportion.proportion_confint(method="wilson").
Interval wilson(std::int64_t successes, std::int64_t rows, double confidence = 0.95);

}  // namespace fer::metrics
