#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fer/core/error.hpp"

namespace fer {

/// Strict JSON from text. Throws Error with origin:line:column for a syntax error, for a key that stands twice and for
/// what is nested deeper than 32 levels.
nlohmann::json parseJson(std::string_view text, const std::string& origin, Fault fault = Fault::kUsage);

/// A value as a message shows it: JSON, 40 characters at most.
std::string shownJson(const nlohmann::json& value);

/// A value of a file that fer wrote, with the path of its key, so that an error can name it. Every member throws Error
/// (bad data) where the value is not what it should be. The JSON must outlive it.
class JsonNode {
 public:
  /// `remedy` ends every message: "The file is damaged: evaluate the run again with fer-eval."
  JsonNode(const nlohmann::json& value, std::string origin, std::string remedy);

  JsonNode at(const std::string& key) const;
  bool has(const std::string& key) const;  ///< of an object
  std::vector<JsonNode> list() const;
  std::vector<std::pair<std::string, JsonNode>> members() const;  ///< of an object, by name

  std::string text() const;
  std::string oneOf(const std::vector<std::string>& allowed) const;  ///< a text that is one of these
  double number() const;
  double number(double low, double high) const;
  std::vector<std::string> texts() const;
  std::vector<double> numbers() const;
  bool isNull() const { return value_.is_null(); }

  /// A whole number from 0 to the type's largest.
  template <class Integer>
  Integer count() const {
    if (!value_.is_number_integer() || (!value_.is_number_unsigned() && value_.get<std::int64_t>() < 0) ||
        value_.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<Integer>::max()))
      throw wrong("a whole number from 0 to " + std::to_string(std::numeric_limits<Integer>::max()));
    return value_.get<Integer>();
  }

  /// The number under "schema", from 1 to `newest`, the newest that this program reads.
  int schema(int newest) const;

  /// Of the value as a whole: "expected EXPECTED, found ...".
  Error wrong(const std::string& expected) const;
  const nlohmann::json& value() const { return value_; }

 private:
  JsonNode(const nlohmann::json& value, std::shared_ptr<const std::pair<std::string, std::string>> about,
           std::string path)
      : value_(value), about_(std::move(about)), path_(std::move(path)) {}
  Error fault(const std::string& message) const;

  const nlohmann::json& value_;
  std::shared_ptr<const std::pair<std::string, std::string>> about_;  ///< origin and remedy
  std::string path_;
};

}  // namespace fer
