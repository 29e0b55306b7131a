#include "fer/metrics/tests/welch.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "metrics/tests/student.hpp"

namespace fer::metrics {
namespace {

/// What tests/oracles/welch.py wrote.
nlohmann::json fixture(const char* section) {
  std::ifstream file(FER_FIXTURES "/welch.json");
  return nlohmann::json::parse(file).at(section);
}

TEST(Student, IsScipys) {
  int compared = 0;
  for (const auto& one : fixture("student")) {
    const double expected = one.at("two_sided");
    const double degrees = one.at("degrees");
    const double found = studentTwoSided(one.at("t"), degrees);
    EXPECT_NEAR(found, expected, 1e-12 * expected) << one;
    EXPECT_EQ(studentTwoSided(-one.at("t").get<double>(), degrees), found) << one;
    ++compared;
  }
  EXPECT_GT(compared, 50);
}

TEST(Student, QuantileIsTheReverse) {
  for (const double degrees : {1.0, 2.5, 30.0})
    for (const double p : {0.9, 0.5, 0.05, 0.001})
      EXPECT_NEAR(studentTwoSided(studentQuantile(p, degrees), degrees), p, 1e-12 * p) << degrees << ", " << p;
  EXPECT_NEAR(studentQuantile(0.05, 1), 12.7062047361747, 1e-10);  // the table's 12.706
}

TEST(Welch, IsScipys) {
  int compared = 0;
  for (const auto& one : fixture("welch")) {
    const Welch found = welch(one.at("first").get<std::vector<double>>(), one.at("second").get<std::vector<double>>());
    EXPECT_NEAR(found.difference, one.at("difference"), 1e-14) << one;
    EXPECT_NEAR(found.degrees, one.at("degrees"), 1e-9) << one;
    EXPECT_NEAR(found.p, one.at("p"), 1e-11) << one;
    // SciPy's quantile is good to some 1e-10 where there are few degrees of freedom.
    EXPECT_NEAR(found.interval.low, one.at("low"), 1e-9) << one;
    EXPECT_NEAR(found.interval.high, one.at("high"), 1e-9) << one;
    ++compared;
  }
  EXPECT_GE(compared, 7);
}

TEST(Welch, OfNumbersWithoutSpreadIsCertain) {
  const Welch same = welch(std::vector{0.5, 0.5}, std::vector{0.5, 0.5});
  EXPECT_EQ(same.p, 1);
  const Welch other = welch(std::vector{0.5, 0.5}, std::vector{0.25, 0.25, 0.25});
  EXPECT_EQ(other.p, 0);
  EXPECT_EQ(other.interval, (Interval{0.25, 0.25}));
  EXPECT_EQ(other.degrees, 3);
}

TEST(Welch, NeedsTwoNumbersOfEach) {
  EXPECT_THROW(welch(std::vector{0.5}, std::vector{0.5, 0.6}), std::invalid_argument);
  EXPECT_THROW(welch(std::vector{0.5, 0.6}, std::vector<double>{}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::metrics
