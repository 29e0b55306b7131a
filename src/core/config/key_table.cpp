#include "fer/core/config/key_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "core/config/key_value.hpp"

namespace fer {
namespace {

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string_view parent(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

/// What stands under `group` in `path`, up to the next dot; empty when path is elsewhere.
std::string_view childOf(std::string_view group, std::string_view path) {
  if (!group.empty()) {
    if (path.size() <= group.size() || !path.starts_with(group) || path[group.size()] != '.') return {};
    path.remove_prefix(group.size() + 1);
  }
  return path.substr(0, path.find('.'));
}

struct Write {
  nlohmann::ordered_json operator()(const std::optional<double>* value) const {
    return *value ? nlohmann::ordered_json(**value) : nlohmann::ordered_json(nullptr);
  }
  nlohmann::ordered_json operator()(const auto* value) const { return *value; }
};

}  // namespace

void KeyTable::add(std::string path, Key::Target target, std::string meaning, Bounds bounds) {
  keys_.push_back({std::move(path), target, std::move(meaning), bounds, {}, 0});
}

void KeyTable::addChoice(std::string path, std::string& value, std::string meaning, Choices choices) {
  keys_.push_back({std::move(path), &value, std::move(meaning), {}, std::move(choices), 0});
}

void KeyTable::addList(std::string path, std::vector<double>& values, std::string meaning, std::size_t length,
                       Bounds bounds) {
  keys_.push_back({std::move(path), &values, std::move(meaning), bounds, {}, length});
}

const Key* KeyTable::find(std::string_view path) const {
  const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) { return key.path == path; });
  return found == keys_.end() ? nullptr : &*found;
}

std::string KeyTable::suggestion(std::string_view path) const {
  std::string_view group = parent(path);
  const auto siblingsOf = [&](std::string_view folder) {
    std::vector<std::string_view> names;
    for (const Key& key : keys_) {
      const std::string_view name = childOf(folder, key.path);
      if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
  };
  while (!group.empty() && siblingsOf(group).empty()) group = parent(group);
  const std::vector<std::string_view> siblings = siblingsOf(group);
  const std::string_view wanted = childOf(group, path);
  const auto nearest = std::min_element(siblings.begin(), siblings.end(), [&](auto a, auto b) {
    return editDistance(wanted, a) < editDistance(wanted, b);
  });
  std::string text;
  if (nearest != siblings.end()) text = "did you mean " + std::string(*nearest) + "? ";
  text += "(keys: ";
  for (std::size_t i = 0; i < siblings.size(); ++i) text += (i == 0 ? "" : ", ") + std::string(siblings[i]);
  return text + ")";
}

nlohmann::ordered_json valueJson(const Key& key) {
  return std::visit(Write{}, key.target);
}

std::string valueText(const Key& key) {
  return valueJson(key).dump();
}

}  // namespace fer
