#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// A file of the current folder's data/models, of the share/fer/models that is installed or unpacked with this
/// executable, or of the project's data/models, the first that is there; else an empty path.
std::filesystem::path shippedModel(const std::string& name);

}  // namespace fer
