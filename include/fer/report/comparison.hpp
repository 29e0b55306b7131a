#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fer/report/run_result.hpp"

namespace fer::report {

/// Runs side by side on one split, the most accurate first, as a Markdown table that stands in line as plain text.
/// Below it: which runs are not evaluated yet and how to do that, and in what the runs differ that makes their scores
/// no comparison (dataset, protocol, number of rows).
std::string comparisonText(const std::vector<RunResult>& runs, const std::string& split);

/// The same as the content of a Markdown file: with a heading, each run linked to its report.md relative to the file,
/// and the best of each column in bold, unless the runs cannot be compared.
std::string comparisonMarkdown(const std::vector<RunResult>& runs, const std::string& split,
                               const std::filesystem::path& file);

}  // namespace fer::report
