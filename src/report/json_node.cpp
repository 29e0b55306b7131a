#include "report/json_node.hpp"

#include <algorithm>
#include <utility>

namespace fer::report {

using nlohmann::json;

JsonNode::JsonNode(const json& value, std::string origin, std::string path)
    : value_(value), origin_(std::move(origin)), path_(std::move(path)) {}

JsonNode JsonNode::at(const std::string& key) const {
  if (!value_.is_object()) throw wrong("an object");
  const auto found = value_.find(key);
  const std::string path = path_.empty() ? key : path_ + "." + key;
  if (found == value_.end()) throw fault(path + ": missing");
  return {*found, origin_, path};
}

std::vector<JsonNode> JsonNode::list() const {
  if (!value_.is_array()) throw wrong("a list");
  std::vector<JsonNode> items;
  for (std::size_t i = 0; i < value_.size(); ++i)
    items.emplace_back(value_[i], origin_, path_ + "[" + std::to_string(i) + "]");
  return items;
}

std::string JsonNode::text() const {
  if (!value_.is_string()) throw wrong("a text");
  return value_.get<std::string>();
}

std::string JsonNode::oneOf(const std::vector<std::string>& allowed) const {
  const std::string found = text();
  if (std::find(allowed.begin(), allowed.end(), found) != allowed.end()) return found;
  std::string list;
  for (const std::string& one : allowed) list += (list.empty() ? "\"" : ", \"") + one + "\"";
  throw wrong("one of " + list);
}

double JsonNode::number() const {
  if (!value_.is_number() || !(value_.get<double>() >= 0)) throw wrong("a number >= 0");
  return value_.get<double>();
}

double JsonNode::number(double low, double high) const {
  if (!value_.is_number() || !(value_.get<double>() >= low && value_.get<double>() <= high))
    throw wrong("a number from " + json(low).dump() + " to " + json(high).dump());
  return value_.get<double>();
}

Error JsonNode::fault(const std::string& message) const {
  return dataError(origin_ + ": " + message + ". The file is damaged: evaluate the run again with fer-eval.");
}

Error JsonNode::wrong(const std::string& expected) const {
  constexpr std::size_t kMostShown = 40;
  std::string found = value_.dump(-1, ' ', true, json::error_handler_t::replace);
  if (found.size() > kMostShown) found = found.substr(0, kMostShown) + "...";
  return fault((path_.empty() ? "" : path_ + ": ") + "expected " + expected + ", found " + found);
}

}  // namespace fer::report
