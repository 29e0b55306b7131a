#pragma once

#include <filesystem>
#include <string>

namespace fer {

/// A path as one word of a command that a person may paste into a shell: quoted where it holds anything that a shell
/// would take apart, and never taken for an option.
std::string shellPath(const std::filesystem::path& path);

}  // namespace fer
