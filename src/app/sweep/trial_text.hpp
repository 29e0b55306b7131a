#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/sweep/trials.hpp"

namespace fer::app {

/// The last part of each key's path where it is unlike all others', else the path.
std::vector<std::string> shortNames(const std::vector<std::string>& keys);

/// Words as they are, other values as JSON.
std::string shownValue(const nlohmann::json& value);

/// "lr=0.01 zoom=0.2", for a person.
std::string valuesText(const Trial& trial);

}  // namespace fer::app
