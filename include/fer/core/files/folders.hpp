#pragma once

#include <filesystem>

namespace fer {

/// The folder's whole path, without a slash at its end.
std::filesystem::path wholePath(const std::filesystem::path& folder);

/// Makes the folder and those above it, where they are not there yet. Throws Error where one cannot be made.
void makeFolders(const std::filesystem::path& folder);

/// Makes the folder `wanted`, or wanted-2, wanted-3 ... where that name is taken, and those above it; returns its whole
/// path. Throws Error where it cannot be made.
std::filesystem::path makeNumberedFolder(const std::filesystem::path& wanted);

}  // namespace fer
