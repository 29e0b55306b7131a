#include "fer/core/config/shipped_model.hpp"

#include "core/config/nearest_file.hpp"
#include "fer/core/config/config.hpp"

namespace fer {

namespace fs = std::filesystem;

fs::path shippedModel(const std::string& name) {
  const fs::path installed = nearestFile(executableFolder(), {"share/fer/models/" + name});
  const fs::path project = configsFolder().parent_path();
  std::error_code ignored;
  for (const fs::path& place :
       {fs::path("data/models") / name, installed, project / "data/models" / name, project / "models" / name})
    if (fs::is_regular_file(place, ignored)) return place;
  return {};
}

fs::path modelNamed(const std::string& name) {
  std::error_code ignored;
  const bool is_file = fs::exists(name, ignored) && !fs::is_directory(name, ignored);  // --out may have made a folder
  if (is_file || fs::path(name).has_parent_path()) return name;
  for (const std::string& file : {name, name + ".onnx"})
    if (const fs::path shipped = shippedModel(file); !shipped.empty()) return shipped;
  return name;
}

}  // namespace fer
