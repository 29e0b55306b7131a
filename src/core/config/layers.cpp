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

/// A base stands beside the file that names it; a bare name may also be one of the project's configs, as for --config.
fs::path baseOf(const fs::path& file, const fs::path& name) {
  const fs::path beside = file.parent_path() / name;
  if (fs::exists(beside)) return beside;
  std::string looked = beside.string();
  if (!name.has_parent_path()) {
    const fs::path shipped = configsFolder() / name;
    if (fs::exists(shipped)) return shipped;
    looked += " and " + shipped.string();
  }
  throw usageError(file.string() + ": base: no such file (looked for " + looked + ")");
}

void applyLayer(const KeyTable& table, const fs::path& file, std::vector<fs::path>& chain) {
  const fs::path whole = fs::weakly_canonical(file);
  if (std::find(chain.begin(), chain.end(), whole) != chain.end())
    throw usageError(file.string() + ": base: the chain of base files comes back to this file");
  chain.push_back(whole);
  constexpr std::size_t kLargestConfig = 1 << 20;
  nlohmann::json object = parseJson(readFile(file, Fault::kUsage, kLargestConfig), file.string());
  if (object.is_object() && object.contains("base")) {
    if (!object["base"].is_string())
      throw usageError(file.string() + ": base: expected the path of a config file, found " + object["base"].dump());
    applyLayer(table, baseOf(file, object["base"].get<std::string>()), chain);
    object.erase("base");
  }
  applyConfig(table, object, file.string());
}

}  // namespace

fs::path configsFolder() {
  if (const char* folder = std::getenv("FER_CONFIGS")) return folder;
  const fs::path base = nearestFile(executableFolder(), {"configs/base.json", "share/fer/configs/base.json"});
  return base.empty() ? "configs" : base.parent_path();
}

fs::path findConfig(const fs::path& name) {
  if (fs::exists(name)) return name;
  std::string looked = name.string();
  if (!name.has_parent_path()) {
    const fs::path shipped = configsFolder() / name;
    if (fs::exists(shipped)) return shipped;
    looked += " and " + shipped.string();
  }
  throw usageError("--config " + name.string() + ": no such file (looked for " + looked +
                   "). The project's configs are: " + listOfConfigs(configsFolder()));
}

void applyConfigFile(const KeyTable& table, const fs::path& file) {
  std::vector<fs::path> chain;
  applyLayer(table, file, chain);
}

}  // namespace fer
