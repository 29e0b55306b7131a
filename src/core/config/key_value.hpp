#pragma once

#include <nlohmann/json_fwd.hpp>

#include "fer/core/config/key_table.hpp"

namespace fer {

/// The value that lies in the key's target.
nlohmann::ordered_json valueJson(const Key& key);

}  // namespace fer
