#pragma once

#include <filesystem>
#include <string>

namespace fer::report {

/// A relative path as a link from a page: what is not plain is percent-encoded.
std::string linkTarget(const std::filesystem::path& path);

}  // namespace fer::report
