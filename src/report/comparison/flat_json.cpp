#include "report/comparison/flat_json.hpp"

#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/text/json.hpp"

namespace fer::report {
namespace {

void flatten(const nlohmann::json& value, const std::string& path, FlatJson& found) {
  if (value.is_object() && !value.empty()) {
    for (const auto& [key, inner] : value.items()) flatten(inner, path.empty() ? key : path + "." + key, found);
    return;
  }
  found[path] = value.is_string() ? value.get<std::string>()
                                  : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

FlatJson flatJson(const std::string& text, const std::string& origin) {
  const nlohmann::json root = parseJson(text, origin, Fault::kData);
  if (!root.is_object()) throw dataError(origin + ": expected an object");
  FlatJson found;
  if (!root.empty()) flatten(root, "", found);
  return found;
}

}  // namespace fer::report
