#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fer/metrics/intervals/interval.hpp"

namespace fer::metrics {

/// A section of what tests/oracles/statistics.py wrote.
inline nlohmann::json statisticsFixture(const char* section) {
  std::ifstream file(FER_FIXTURES "/statistics.json");
  return nlohmann::json::parse(file).at(section);
}

/// A number that may be the text "nan".
inline double numberOf(const nlohmann::json& value) {
  return value.is_string() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

/// Compares numbers and remembers by how much the farthest differ. At the end of its life the test's XML report gets
/// it: `metrics_test --gtest_output=xml`.
class Differences {
 public:
  Differences(std::string statistic, double limit) : statistic_(std::move(statistic)), limit_(limit) {}
  ~Differences() {
    EXPECT_GT(compared_, 0) << statistic_;
    testing::Test::RecordProperty(statistic_, std::to_string(compared_) + " values, largest difference " + text());
  }
  Differences(const Differences&) = delete;
  Differences& operator=(const Differences&) = delete;

  void expect(double found, double expected, const std::string& where = "") {
    ++compared_;
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(found)) << statistic_ << " " << where << ": " << found;
      return;
    }
    const double off = std::abs(found - expected);
    largest_ = std::max(largest_, off);
    EXPECT_LE(off, limit_) << statistic_ << " " << where << ": found " << found << ", expected " << expected;
  }
  void expect(const Interval& found, const nlohmann::json& expected, const std::string& where = "") {
    expect(found.low, numberOf(expected.at(0)), where + " low");
    expect(found.high, numberOf(expected.at(1)), where + " high");
  }

 private:
  std::string text() const {
    char out[32];
    std::snprintf(out, sizeof out, "%.1e", largest_);
    return out;
  }

  std::string statistic_;
  double limit_;
  double largest_ = 0;
  int compared_ = 0;
};

}  // namespace fer::metrics
