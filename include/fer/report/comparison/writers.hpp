#pragma once

#include <filesystem>
#include <string>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// The schema of comparison.json.
constexpr int kComparisonSchema = 1;

/// For the terminal: each set's table, the most accurate first, what it means in a sentence, and what is missing.
std::string comparisonText(const Comparison& comparison);

/// report.md. `home` is the folder it stands in, for the links to the runs' own reports.
std::string comparisonMarkdown(const Comparison& comparison, const std::filesystem::path& home);

/// comparison.csv: one line an entry; docs/evaluation.md lists the columns.
std::string comparisonCsv(const Comparison& comparison);

/// comparison.json: all numbers of the comparison; docs/evaluation.md lists the keys.
std::string comparisonJson(const Comparison& comparison);

/// index.html: one page that needs neither network nor scripts. Same comparison, same bytes.
std::string comparisonHtml(const Comparison& comparison, const std::filesystem::path& home);

/// Writes index.html, report.md, comparison.json and comparison.csv into the folder, which is made where it is missing.
/// Each file appears whole or not at all. Throws Error with the path.
void writeComparison(const Comparison& comparison, const std::filesystem::path& folder);

}  // namespace fer::report
