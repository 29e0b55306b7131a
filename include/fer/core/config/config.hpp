#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "fer/core/config/key_table.hpp"
#include "fer/core/error.hpp"

namespace fer {

/// What a run's config says of its form. 2: train.precision; 3: preprocess.margin, data.targets and its like;
/// 4: optimisers, schedules, losses, mixing, EMA, augmentations beyond Keras'
constexpr int kConfigSchema = 4;

/// Takes the number under "schema" out of a run's config. Throws Error (usage) where it is none from 1 to
/// kConfigSchema.
void takeSchema(nlohmann::json& object, const std::string& origin);

/// Sets every key that the nested object names. Unknown keys, wrong types and impossible values throw Error (usage)
/// that names the key's path, the origin (a file) and what was expected. All or nothing is the caller's: use a fresh
/// struct.
void applyConfig(const KeyTable& table, const nlohmann::json& object, const std::string& origin);

/// Sets one key from "path=value"; the value is JSON, or bare text for a text key: train.epochs=5, model.name=generic.
void applyAssignment(const KeyTable& table, std::string_view assignment, const std::string& origin = "--set");

/// Every key of the table as a nested object, in the table's order.
nlohmann::ordered_json configJson(const KeyTable& table);

/// The table for --help: path, default, meaning and the allowed values of every key.
std::string configHelp(const KeyTable& table);

/// Where a config named on a command line stands: as given, or in the project's configs folder. Throws Error (usage)
/// that lists where it was looked for and which configs there are.
std::filesystem::path findConfig(const std::filesystem::path& name);

/// The folder with the shipped configs: $FER_CONFIGS if set; configs/ of the source tree that holds this executable;
/// else share/fer/configs beside the installed bin/.
std::filesystem::path configsFolder();

/// The file's object with its `base` files below it: deepest base first. The `base` key is a path relative to the file,
/// or a list of such, of which later ones win; what does not stand there is looked for in the project's configs folder.
/// Each file is applied to the table in order, and once: two bases that share one keep it below them both. A run's own
/// config.json is such a file, too; its schema is looked at. Throws Error (usage) for a missing file or a circle of
/// bases.
void applyConfigFile(const KeyTable& table, const std::filesystem::path& file);

}  // namespace fer
