#include "fer/core/text/json.hpp"

#include <algorithm>
#include <set>

#include "fer/core/text/numbers.hpp"

namespace fer {

using nlohmann::json;

namespace {

/// "at line 3, column 5" of nlohmann's message as ":3:5", and what follows the last colon.
std::string syntaxError(const std::string& origin, std::string_view text, const json::parse_error& error) {
  const std::size_t end = std::min(error.byte == 0 ? 0 : error.byte - 1, text.size());
  const std::size_t line =
      1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<long>(end), '\n'));
  const std::size_t start = text.substr(0, end).rfind('\n');
  const std::size_t column = end - (start == std::string_view::npos ? 0 : start + 1) + 1;
  std::string reason = error.what();
  if (const std::size_t at = reason.find("while"); at != std::string::npos) reason = reason.substr(at);
  return origin + ":" + std::to_string(line) + ":" + std::to_string(column) + ": not valid JSON (" + reason + ")";
}

}  // namespace

json parseJson(std::string_view text, const std::string& origin, Fault fault) {
  constexpr int kDeepest = 32;  // writing a value out again is recursive, so its depth must be bounded
  std::vector<std::set<std::string>> seen;
  const auto check = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > kDeepest) throw Error(fault, origin + ": nested deeper than " + std::to_string(kDeepest) + " levels");
    if (event == json::parse_event_t::object_start) seen.emplace_back();
    if (event == json::parse_event_t::object_end) seen.pop_back();
    if (event == json::parse_event_t::key && !seen.back().insert(parsed.get<std::string>()).second)
      throw Error(fault,
                  origin + ": the key " + shownJson(parsed) + " stands twice in one object. Remove one of them.");
    return true;
  };
  try {
    return json::parse(text, check);
  } catch (const json::parse_error& error) {
    throw Error(fault, syntaxError(origin, text, error));
  } catch (const json::out_of_range& error) {
    throw Error(fault, origin + ": a number is too large for a JSON reader (" + error.what() + ")");
  }
}

std::string shownJson(const json& value) {
  constexpr std::size_t kLongest = 80;
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return text;
}

JsonNode::JsonNode(const json& value, std::string origin, std::string remedy)
    : value_(value),
      about_(std::make_shared<const std::pair<std::string, std::string>>(std::move(origin), std::move(remedy))) {}

JsonNode JsonNode::at(const std::string& key) const {
  if (!value_.is_object()) throw wrong("an object");
  const auto found = value_.find(key);
  const std::string path = path_.empty() ? key : path_ + "." + key;
  if (found == value_.end()) throw fault(path + ": missing");
  return {*found, about_, path};
}

bool JsonNode::has(const std::string& key) const {
  if (!value_.is_object()) throw wrong("an object");
  return value_.contains(key);
}

std::vector<JsonNode> JsonNode::list() const {
  if (!value_.is_array()) throw wrong("a list");
  std::vector<JsonNode> items;
  items.reserve(value_.size());
  for (std::size_t i = 0; i < value_.size(); ++i)
    items.push_back(JsonNode(value_[i], about_, path_ + "[" + std::to_string(i) + "]"));
  return items;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
  if (!value_.is_object()) throw wrong("an object");
  std::vector<std::pair<std::string, JsonNode>> found;
  for (const auto& [key, value] : value_.items()) found.emplace_back(key, at(key));
  return found;
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
  if (!value_.is_number()) throw wrong("a number");
  return value_.get<double>();
}

double JsonNode::number(double low, double high) const {
  const bool within = value_.is_number() && value_.get<double>() >= low && value_.get<double>() <= high;
  if (within) return value_.get<double>();
  if (high == std::numeric_limits<double>::infinity()) throw wrong("a number >= " + plain(low));
  throw wrong("a number from " + plain(low) + " to " + plain(high));
}

std::vector<std::string> JsonNode::texts() const {
  std::vector<std::string> found;
  for (const JsonNode& item : list()) found.push_back(item.text());
  return found;
}

std::vector<double> JsonNode::numbers() const {
  std::vector<double> found;
  for (const JsonNode& item : list()) found.push_back(item.number());
  return found;
}

int JsonNode::schema(int newest) const {
  const int found = at("schema").count<int>();
  if (found < 1) throw at("schema").wrong("a number from 1 on");
  if (found > newest)
    throw dataError(about_->first + ": schema " + std::to_string(found) +
                    " was written by a newer fer; this one reads up to " + std::to_string(newest) + ". Update fer.");
  return found;
}

Error JsonNode::fault(const std::string& message) const {
  return dataError(about_->first + ": " + message + ". " + about_->second);
}

Error JsonNode::wrong(const std::string& expected) const {
  constexpr std::size_t kMostShown = 40;
  std::string found = value_.dump(-1, ' ', true, json::error_handler_t::replace);
  if (found.size() > kMostShown) found = found.substr(0, kMostShown) + "...";
  return fault((path_.empty() ? "" : path_ + ": ") + "expected " + expected + ", found " + found);
}

}  // namespace fer
