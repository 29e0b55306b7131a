#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fer/core/error.hpp"

namespace fer::report {

/// A value of a file that fer-eval wrote, with the path of its key, so that an error can name it. Every member throws
/// Error (bad data) where the value is not what it should be. The JSON must outlive it.
class JsonNode {
 public:
  JsonNode(const nlohmann::json& value, std::string origin, std::string path = "");

  JsonNode at(const std::string& key) const;
  std::vector<JsonNode> list() const;
  std::string text() const;
  /// A text that is one of these.
  std::string oneOf(const std::vector<std::string>& allowed) const;
  double number() const;  ///< >= 0
  double number(double low, double high) const;
  bool isNull() const { return value_.is_null(); }

  /// A whole number from 0 to the type's largest.
  template <class Integer>
  Integer count() const {
    if (!value_.is_number_integer() || (!value_.is_number_unsigned() && value_.get<std::int64_t>() < 0) ||
        value_.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<Integer>::max()))
      throw wrong("a whole number from 0 to " + std::to_string(std::numeric_limits<Integer>::max()));
    return value_.get<Integer>();
  }

  Error wrong(const std::string& expected) const;

 private:
  Error fault(const std::string& message) const;

  const nlohmann::json& value_;
  std::string origin_;
  std::string path_;
};

}  // namespace fer::report
