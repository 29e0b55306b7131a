#include <system_error>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/report/comparison/writers.hpp"

namespace fer::report {

void writeComparison(const Comparison& comparison, const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) throw ioError(folder, "make the folder", code.value());
  writeFile(folder / "comparison.csv", comparisonCsv(comparison));
  writeFile(folder / "comparison.json", comparisonJson(comparison));
  writeFile(folder / "report.md", comparisonMarkdown(comparison, folder));
  writeFile(folder / "index.html", comparisonHtml(comparison, folder));
}

}  // namespace fer::report
