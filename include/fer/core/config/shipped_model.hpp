#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// A file of the current folder's data/models, the project's, or the installed share/fer/models, the first that is
/// there; else an empty path.
std::filesystem::path shippedModel(const std::string& name);

}  // namespace fer
