#include "app/sweep/trial_text.hpp"

#include <algorithm>

namespace fer::app {

std::vector<std::string> shortNames(const std::vector<std::string>& keys) {
  const auto last = [](const std::string& key) { return key.substr(key.rfind('.') + 1); };
  std::vector<std::string> names;
  for (const std::string& key : keys) {
    const auto alike = std::count_if(keys.begin(), keys.end(), [&](const auto& k) { return last(k) == last(key); });
    names.push_back(alike == 1 ? last(key) : key);
  }
  return names;
}

std::string shownValue(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string valuesText(const Trial& trial) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : trial.values) keys.push_back(key);
  const std::vector<std::string> names = shortNames(keys);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : " ") + names[i] + "=" + shownValue(trial.values[i].second);
  return text.empty() ? "the config as it is" : text;
}

}  // namespace fer::app
