#include "fer/metrics/tests/paired.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "metrics/statistics_fixture.hpp"

namespace fer::metrics {
namespace {

using Rows = std::vector<int>;

/// Two models' predictions of rows whose label is 0.
struct Pair {
  Rows first;
  Rows second;

  void add(int rows, int a, int b) {
    first.insert(first.end(), static_cast<std::size_t>(rows), a);
    second.insert(second.end(), static_cast<std::size_t>(rows), b);
  }
};

TEST(McNemar, IsStatsmodelsAndFagerlands) {
  Differences exact("mcnemar_exact", 1e-12);
  Differences mid_p("mcnemar_mid_p", 1e-12);
  for (const auto& one : statisticsFixture("mcnemar")) {
    Pair pair;
    pair.add(one["both"], 0, 0);
    pair.add(one["only_first"], 0, 1);
    pair.add(one["only_second"], 2, 0);
    pair.add(one["neither"], 1, 2);
    const McNemar found = mcnemar(Rows(pair.first.size(), 0), pair.first, pair.second);
    EXPECT_EQ(found.only_first, one["only_first"]);
    EXPECT_EQ(found.only_second, one["only_second"]);
    exact.expect(found.exact, one["exact"], one.dump());
    mid_p.expect(found.mid_p, one["mid_p"], one.dump());
  }
}

// Table 1 of Fagerland, Lydersen and Laake 2013: 1 and 7 children changed; they give 0.0703 and 0.0391.
TEST(McNemar, IsThePaperExample) {
  const McNemar found = mcnemar(Rows(8, 0), Rows{0, 1, 1, 1, 1, 1, 1, 1}, Rows{1, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_NEAR(found.exact, 0.0703, 5e-5);
  EXPECT_NEAR(found.mid_p, 0.0391, 5e-5);
}

TEST(McNemar, RefusesListsThatDiffer) {
  EXPECT_THROW(mcnemar(Rows{0}, Rows{0, 1}, Rows{0}), std::invalid_argument);
  EXPECT_THROW(mcnemar(Rows{0}, Rows{0}, Rows{}), std::invalid_argument);
}

TEST(Holm, IsStatsmodels) {
  Differences differences("holm", 1e-15);
  for (const auto& one : statisticsFixture("holm")) {
    const auto p = one["p"].get<std::vector<double>>();
    const std::vector<double> found = holm(p);
    ASSERT_EQ(found.size(), p.size());
    for (std::size_t i = 0; i < p.size(); ++i) differences.expect(found[i], one["corrected"][i]);
  }
  EXPECT_TRUE(holm({}).empty());
}

}  // namespace
}  // namespace fer::metrics
