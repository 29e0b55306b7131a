#pragma once

#include <filesystem>
#include <string>

namespace fer::eval {

/// One evaluation of the test split.
struct TestRead {
  std::string time;        ///< UTC, e.g. 2026-01-31T12:00:00Z
  std::string checkpoint;  ///< "best", "last" or "final"
  std::string how;  ///< "plain", or what was asked for beyond that: "tta flip, robustness", "in the ensemble NAME"
};

/// Notes in test_reads.json that the test split was evaluated: the more often a test split is looked at, the less its
/// score says. Processes that note at the same time wait for each other. Returns how often it was, this time included.
/// Throws Error where the file is damaged or cannot be written.
int noteTestRead(const std::filesystem::path& file, const TestRead& read);

}  // namespace fer::eval
