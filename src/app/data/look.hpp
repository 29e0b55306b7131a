#pragma once

#include <filesystem>

#include "fer/data/load.hpp"

namespace fer::app {

/// The dataset at the path, a file or a folder, of whatever parts.
data::LoadedData loadToLookAt(const std::filesystem::path& path, data::DataOptions options);

}  // namespace fer::app
