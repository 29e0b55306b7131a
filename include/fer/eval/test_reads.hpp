#pragma once

#include <filesystem>
#include <string>

namespace fer::eval {

/// Notes in test_reads.json that the test split was evaluated: the more often a test split is looked at, the less its
/// score says. Returns how often it was, this time included. Throws Error where the file is damaged or cannot be written.
int noteTestRead(const std::filesystem::path& file, const std::string& weights, const std::string& time);

}  // namespace fer::eval
