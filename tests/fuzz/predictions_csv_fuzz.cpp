// Any text either gives predictions that fit together or an Error (bad data) with the file's name; what was read comes
// out the same after it is written and read once more.
#include <string>

#include "fer/core/error.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "fuzz/driver.hpp"

namespace {

using namespace fer;
using report::Predictions;

void requireWhole(const Predictions& found) {
  const std::size_t rows = found.rows.size();
  const std::size_t classes = found.classes.size();
  fuzz::require(classes > 0, "predictions of no class");
  fuzz::require(found.usages.size() == rows && found.labels.size() == rows && found.predicted.size() == rows &&
                    found.probabilities.size() == rows * classes,
                "lists that differ in length");
  for (std::size_t i = 0; i < rows; ++i) {
    fuzz::require(i == 0 || found.rows[i - 1] < found.rows[i], "rows that do not ascend");
    fuzz::require(found.labels[i] >= 0 && static_cast<std::size_t>(found.labels[i]) < classes, "a label that is none");
  }
}

std::string written(const Predictions& found) {
  metrics::Evaluation evaluation;
  evaluation.classes = found.classes;
  evaluation.rows = found.rows;
  evaluation.usages = found.usages;
  evaluation.labels = found.labels;
  evaluation.probabilities = found.probabilities;
  return report::predictionsCsv(evaluation);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  try {
    const Predictions found = report::parsePredictionsCsv(text, "x.csv");
    requireWhole(found);
    const std::string once = written(found);
    fuzz::require(written(report::parsePredictionsCsv(once, "x.csv")) == once, "written and read again it differs");
  } catch (const Error& error) {
    fuzz::requireDataError(error, "x.csv:");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  return {
      "row,usage,label,predicted,a,b,c\n1,Training,0,2,0.1,0.2,0.7\n0,,1,1,0.25,0.5,0.25\n9,PublicTest,2,0,1,0,0\n",
      "row,usage,label,predicted,\"a, b\",\"say \"\"c\"\"\"\r\n4294967295,\"x\ny\",1,0,1e-09,1e-09\r\n5,,0,1,0,1",
      "row,usage,label,predicted,a\n",
  };
}
