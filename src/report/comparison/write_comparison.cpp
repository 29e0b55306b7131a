#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/report/comparison/writers.hpp"

namespace fer::report {

void writeComparison(const Comparison& comparison, const std::filesystem::path& folder) {
  makeFolders(folder);
  writeFile(folder / "comparison.csv", comparisonCsv(comparison));
  writeFile(folder / "comparison.json", comparisonJson(comparison));
  writeFile(folder / "report.md", comparisonMarkdown(comparison, folder));
  writeFile(folder / "index.html", comparisonHtml(comparison, folder));
}

}  // namespace fer::report
