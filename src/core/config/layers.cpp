#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/config/nearest_file.hpp"
#include "fer/core/config/config.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/core/text/json.hpp"

namespace fer {
namespace {

namespace fs = std::filesystem;

std::string listOfConfigs(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".json" && entry.path().filename() != "base.json")
      names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names.empty() ? "none" : joined(names);
}

/// A base stands beside the file that names it; or it is one of the project's configs, as for --config.
fs::path baseOf(const fs::path& file, const fs::path& name) {
  const fs::path beside = file.parent_path() / name;
  if (fs::exists(beside)) return beside;
  const fs::path shipped = configsFolder() / name;
  if (fs::exists(shipped)) return shipped;
  throw usageError(file.string() + ": base: no such file (looked for " + beside.string() + " and " + shipped.string() +
                   ")");
}

/// The names under "base": one, or a list, of which later ones win.
std::vector<std::string> basesOf(const nlohmann::json& object, const fs::path& file) {
  if (!object.is_object() || !object.contains("base")) return {};
  const nlohmann::json& base = object["base"];
  const nlohmann::json list = base.is_array() ? base : nlohmann::json::array({base});
  std::vector<std::string> names;
  for (const nlohmann::json& name : list) {
    if (!name.is_string())
      throw usageError(file.string() + ": base: expected the path of a config file, or a list of such, found " +
                       base.dump());
    names.push_back(name.get<std::string>());
  }
  return names;
}

/// Files as they are applied.
class Layers {
 public:
  explicit Layers(const KeyTable& table) : table_(table) {}

  /// With its bases below it. One that stands below already stays where it is.
  void add(const fs::path& file) {
    const fs::path whole = fs::weakly_canonical(file);
    if (std::find(open_.begin(), open_.end(), whole) != open_.end())
      throw usageError(file.string() + ": base: the chain of base files comes back to this file");
    if (std::find(applied_.begin(), applied_.end(), whole) != applied_.end()) return;
    open_.push_back(whole);
    constexpr std::size_t kLargestConfig = 1 << 20;
    nlohmann::json object = parseJson(readFile(file, Fault::kUsage, kLargestConfig), file.string());
    for (const std::string& name : basesOf(object, file)) add(baseOf(file, name));
    if (object.is_object()) object.erase("base");
    if (object.is_object() && object.contains("schema")) takeSchema(object, file.string());  // a run's own config
    applyConfig(table_, object, file.string());
    open_.pop_back();
    applied_.push_back(whole);
  }

 private:
  const KeyTable& table_;
  std::vector<fs::path> open_;  ///< whose bases are being applied
  std::vector<fs::path> applied_;
};

}  // namespace

void takeSchema(nlohmann::json& object, const std::string& origin) {
  const nlohmann::json& schema = object.at("schema");
  if (!schema.is_number_integer() || schema < 1 || schema > kConfigSchema)
    throw usageError(origin + ": schema: expected a whole number from 1 to " + std::to_string(kConfigSchema) +
                     ", as a run's config.json has it, found " + shownJson(schema) +
                     ". A larger one is of a newer fer: update fer.");
  object.erase("schema");
}

fs::path configsFolder() {
  if (const char* folder = std::getenv("FER_CONFIGS")) return folder;
  const fs::path base = nearestFile(executableFolder(), {"configs/base.json", "share/fer/configs/base.json"});
  return base.empty() ? "configs" : base.parent_path();
}

fs::path findConfig(const fs::path& name) {
  if (fs::exists(name)) return name;
  std::string looked = name.string();
  if (name.is_relative()) {
    const fs::path shipped = configsFolder() / name;
    if (fs::exists(shipped)) return shipped;
    looked += " and " + shipped.string();
  }
  throw usageError("--config " + name.string() + ": no such file (looked for " + looked +
                   "). The project's configs are: " + listOfConfigs(configsFolder()));
}

void applyConfigFile(const KeyTable& table, const fs::path& file) {
  Layers(table).add(file);
}

}  // namespace fer
