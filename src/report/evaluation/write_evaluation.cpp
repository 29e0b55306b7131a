#include "fer/report/evaluation/write_evaluation.hpp"

#include "fer/core/files/files.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/report/evaluation/json.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "report/evaluation/markdown.hpp"
#include "report/plot/confusion_svg.hpp"

namespace fer::report {

metrics::Summary writeEvaluation(const metrics::Evaluation& evaluation, const std::filesystem::path& folder) {
  metrics::Summary summary = metrics::summarise(evaluation);
  makeFolders(folder);
  writeFile(folder / "predictions.csv", predictionsCsv(evaluation));
  writeFile(folder / "confusion_matrix.svg", confusionSvg(summary, Cells::kCounts));
  writeFile(folder / "confusion_matrix_normalized.svg", confusionSvg(summary, Cells::kRecall));
  writeFile(folder / "report.md", evaluationMarkdown(summary));
  writeFile(folder / "evaluation.json", evaluationJson(summary));
  return summary;
}

}  // namespace fer::report
