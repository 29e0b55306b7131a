#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fer/data/load.hpp"

namespace fer::app {

/// The dataset at the path, a file or a folder, of whatever parts.
data::LoadedData loadToLookAt(const std::filesystem::path& path, data::DataOptions options);

/// The folds of protocol "kfold"; none where options name another. Throws Error (bad data) where no row trains.
std::vector<std::vector<std::uint32_t>> foldsToLookAt(const data::Dataset& dataset, const data::DataOptions& options);

/// A part's name for people.
std::string partText(const data::Dataset& dataset, std::size_t part);

}  // namespace fer::app
