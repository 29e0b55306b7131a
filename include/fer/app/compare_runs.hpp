#pragma once

#include <string>
#include <vector>

namespace fer::app {

/// Evaluated runs side by side.
struct CompareRequest {
  std::vector<std::string> runs;  ///< folders of runs and ensembles; what is neither is skipped, said so on stderr
  std::string split = "test";
  std::string out;  ///< folder for index.html, report.md, comparison.json and comparison.csv; empty: none
};

/// Prints the ranked table, and writes the report. A damaged run is listed, the others are reported. Throws Error where
/// none can be.
void compareRuns(const CompareRequest& request);

}  // namespace fer::app
