#include "fer/core/config/config.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "core/config/key_value.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer {
namespace {

using nlohmann::json;

std::string boundsText(const Bounds& bounds) {
  std::string text;
  if (std::isfinite(bounds.low)) text += (bounds.open_low ? "> " : ">= ") + plain(bounds.low);
  if (std::isfinite(bounds.high))
    text += (text.empty() ? "" : " and ") + std::string(bounds.open_high ? "< " : "<= ") + plain(bounds.high);
  return text;
}

std::string expectedText(const Key& key) {
  struct Kind {
    const Key& key;
    std::string operator()(bool*) const { return "true or false"; }
    std::string operator()(int*) const { return "a whole number"; }
    std::string operator()(std::uint32_t*) const {
      return std::isfinite(key.bounds.low) ? "a whole number" : "a whole number from 0 to 4294967295";
    }
    std::string operator()(double*) const { return "a number"; }
    std::string operator()(std::optional<double>*) const { return "null or a number"; }
    std::string operator()(std::string*) const { return "a text"; }
    std::string operator()(std::vector<double>*) const {
      return "a list of " + (key.length == 0 ? "" : std::to_string(key.length) + " ") + "numbers";
    }
    std::string operator()(std::vector<std::string>*) const { return "a list of texts"; }
  };
  std::string text = std::visit(Kind{key}, key.target);
  if (const std::string bounds = boundsText(key.bounds); !bounds.empty()) text += " " + bounds;
  if (!key.choices.empty()) {
    text = "one of";
    for (const std::string& choice : key.choices) text += (&choice == &key.choices.front() ? " " : ", ") + choice;
  }
  return text;
}

bool within(const Bounds& bounds, double value) {
  return std::isfinite(value) && (bounds.open_low ? value > bounds.low : value >= bounds.low) &&
         (bounds.open_high ? value < bounds.high : value <= bounds.high);
}

/// Puts a JSON value in its target; false where type or value do not fit.
struct Assign {
  const Key& key;
  const json& value;

  bool operator()(bool* target) const {
    if (!value.is_boolean()) return false;
    *target = value.get<bool>();
    return true;
  }
  bool operator()(int* target) const { return integer(target); }
  bool operator()(std::uint32_t* target) const { return integer(target); }
  bool operator()(double* target) const {
    if (!value.is_number() || !within(key.bounds, value.get<double>())) return false;
    *target = value.get<double>();
    return true;
  }
  bool operator()(std::optional<double>* target) const {
    if (value.is_null()) {
      target->reset();
      return true;
    }
    double number = 0;
    if (!(*this)(&number)) return false;
    *target = number;
    return true;
  }
  bool operator()(std::string* target) const {
    if (!value.is_string()) return false;
    const auto text = value.get<std::string>();
    if (!key.choices.empty() && std::find(key.choices.begin(), key.choices.end(), text) == key.choices.end())
      return false;
    *target = text;
    return true;
  }
  bool operator()(std::vector<double>* target) const {
    if (!value.is_array() || (key.length != 0 && value.size() != key.length)) return false;
    for (const json& item : value)
      if (!item.is_number() || !within(key.bounds, item.get<double>())) return false;
    *target = value.get<std::vector<double>>();
    return true;
  }
  bool operator()(std::vector<std::string>* target) const {
    if (!value.is_array()) return false;
    for (const json& item : value)
      if (!item.is_string()) return false;
    *target = value.get<std::vector<std::string>>();
    return true;
  }

  template <class Integer>
  bool integer(Integer* target) const {
    if (!value.is_number_integer()) return false;
    const double wide = value.get<double>();
    if (wide < static_cast<double>(std::numeric_limits<Integer>::min()) ||
        wide > static_cast<double>(std::numeric_limits<Integer>::max()) || !within(key.bounds, wide))
      return false;
    *target = value.get<Integer>();
    return true;
  }
};

void assign(const Key& key, const json& value, const std::string& origin) {
  if (!std::visit(Assign{key, value}, key.target))
    throw usageError(origin + ": " + key.path + ": expected " + expectedText(key) + ", found " + shownJson(value));
}

bool isGroup(const KeyTable& table, const std::string& path) {
  return std::any_of(table.keys().begin(), table.keys().end(),
                     [&](const Key& key) { return key.path.starts_with(path + "."); });
}

Error unknownKey(const KeyTable& table, const std::string& path, const std::string& origin) {
  return usageError(origin + ": " + path + ": unknown key; " + table.suggestion(path));
}

void applyGroup(const KeyTable& table, const json& object, const std::string& group, const std::string& origin) {
  for (const auto& [name, value] : object.items()) {
    const std::string path = group.empty() ? name : group + "." + name;
    if (const Key* key = table.find(path))
      assign(*key, value, origin);
    else if (!isGroup(table, path))
      throw unknownKey(table, path, origin);
    else if (!value.is_object())
      throw usageError(origin + ": " + path + ": expected an object of keys, found " + shownJson(value));
    else
      applyGroup(table, value, path, origin);
  }
}

json jsonOrText(const std::string& text) {
  try {
    return parseJson(text, "");
  } catch (const Error&) {
    return text;
  }
}

}  // namespace

void applyConfig(const KeyTable& table, const json& object, const std::string& origin) {
  if (!object.is_object()) throw usageError(origin + ": expected a JSON object of keys, found " + shownJson(object));
  applyGroup(table, object, "", origin);
}

void applyAssignment(const KeyTable& table, std::string_view assignment, const std::string& origin) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos)
    throw usageError(origin + ": expected key=value, found \"" + std::string(assignment) + "\"");
  const std::string path(assignment.substr(0, equals));
  const std::string text(assignment.substr(equals + 1));
  const Key* key = table.find(path);
  if (key == nullptr) throw unknownKey(table, path, origin);
  json value = jsonOrText(text);
  if (std::holds_alternative<std::string*>(key->target) && !value.is_string()) value = text;
  assign(*key, value, origin);
}

nlohmann::ordered_json configJson(const KeyTable& table) {
  nlohmann::ordered_json root = nlohmann::ordered_json::object();
  for (const Key& key : table.keys()) {
    nlohmann::ordered_json* node = &root;
    std::istringstream parts(key.path);
    for (std::string part; std::getline(parts, part, '.');) node = &(*node)[part];
    *node = valueJson(key);
  }
  return root;
}

std::string configHelp(const KeyTable& table) {
  std::size_t width = 0;
  for (const Key& key : table.keys()) width = std::max(width, key.path.size());
  std::ostringstream out;
  for (const Key& key : table.keys()) {
    out << "  " << std::left << std::setw(static_cast<int>(width)) << key.path << "  " << key.meaning << "\n"
        << std::string(width + 4, ' ') << expectedText(key) << "; default " << valueText(key) << "\n";
  }
  return out.str();
}

}  // namespace fer
