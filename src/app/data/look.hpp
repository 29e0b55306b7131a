#pragma once

#include <filesystem>
#include <string>

#include "fer/data/load.hpp"

namespace fer::app {

/// The dataset at the path, a file or a folder, of whatever parts.
data::LoadedData loadToLookAt(const std::filesystem::path& path, data::DataOptions options);

/// A part's name for people.
std::string partText(const data::Dataset& dataset, std::size_t part);

}  // namespace fer::app
