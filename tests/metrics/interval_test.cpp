#include "fer/metrics/intervals/interval.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "metrics/intervals/normal.hpp"
#include "metrics/statistics_fixture.hpp"

namespace fer::metrics {
namespace {

TEST(Normal, IsSciPys) {
  Differences quantiles("normal_quantile", 1e-13);
  Differences shares("normal_cdf", 1e-15);
  for (const auto& one : statisticsFixture("normal")) {
    if (one.contains("share"))
      quantiles.expect(normalQuantile(one["share"]), one["quantile"]);
    else
      shares.expect(normalCdf(one["z"]), one["cdf"]);
  }
  EXPECT_EQ(normalQuantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normalQuantile(1), std::numeric_limits<double>::infinity());
}

TEST(Wilson, IsStatsmodels) {
  Differences differences("wilson", 1e-13);
  for (const auto& one : statisticsFixture("wilson"))
    differences.expect(wilson(one["successes"], one["rows"], one["confidence"]), {one["low"], one["high"]}, one.dump());
}

TEST(Wilson, EndsWhereSharesEnd) {
  EXPECT_EQ(wilson(0, 0), (Interval{0, 1}));
  EXPECT_EQ(wilson(0, 10).low, 0);
  EXPECT_EQ(wilson(10, 10).high, 1);
}

TEST(Wilson, RefusesWhatIsNoShare) {
  EXPECT_THROW(wilson(-1, 10), std::invalid_argument);
  EXPECT_THROW(wilson(11, 10), std::invalid_argument);
  EXPECT_THROW(wilson(1, 10, 0), std::invalid_argument);
  EXPECT_THROW(wilson(1, 10, 1), std::invalid_argument);
}

}  // namespace
}  // namespace fer::metrics
