#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// A path as one word of a command that a person may paste into a shell: quoted where it holds anything that a shell
/// would take apart, and never taken for an option.
std::string shellPath(const std::filesystem::path& path);

/// A path as short as it can be said from the current folder: relative where it lies within, else as it is.
std::string shortPath(const std::filesystem::path& path);

}  // namespace fer
