#pragma once

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/golden.hpp"

namespace fer::test {

inline nlohmann::json kerasFixture(const std::string& name) {
  return nlohmann::json::parse(fileText(std::filesystem::path(FER_FIXTURES) / name));
}

/// Numbers that JSON lacks stand as texts: "nan", "inf", "-inf".
inline double number(const nlohmann::json& value) {
  return value.is_string() ? std::strtod(value.get<std::string>().c_str(), nullptr) : value.get<double>();
}

inline std::vector<double> numbers(const nlohmann::json& list) {
  std::vector<double> values;
  for (const nlohmann::json& item : list) values.push_back(number(item));
  return values;
}

/// The nearest float32. A function that is really called, because g++ 12 leaves the rounding out where it finds two of
/// them side by side (-O2; its vectoriser takes double to float and back for nothing).
[[gnu::noinline]] inline double rounded(double value) {
  return static_cast<float>(value);
}

/// The largest difference of two lists, in the way of EXPECT_LE; infinite where one holds a NaN or is longer.
inline double largestDifference(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return HUGE_VAL;
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::isnan(a[i] - b[i]) ? HUGE_VAL : std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

}  // namespace fer::test
