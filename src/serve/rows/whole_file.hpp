#pragma once

#include <filesystem>

namespace fer::serve {

/// Throws Error where a file that will be written whole, later, could not be. What stands there stays as it is.
void requireWritable(const std::filesystem::path& file);

}  // namespace fer::serve
