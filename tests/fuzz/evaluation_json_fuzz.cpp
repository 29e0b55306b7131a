// Any text is either an evaluation that is written and read again to the same text, or an Error (bad data) that begins
// with the file's name.
#include <string>

#include "fer/core/error.hpp"
#include "fer/report/evaluation/json.hpp"
#include "fuzz/driver.hpp"
#include "report/samples.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  try {
    const std::string written = report::evaluationJson(report::parseEvaluationJson(text, "e.json"));
    fuzz::require(report::evaluationJson(report::parseEvaluationJson(written, "again")) == written,
                  "what was read is written otherwise: " + written);
  } catch (const Error& error) {
    fuzz::requireDataError(error, "e.json");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  metrics::Summary small = metrics::summarise(report::smallEvaluation());
  return {report::evaluationJson(report::completeSummary()), report::evaluationJson(report::sampleSummary()),
          report::evaluationJson(small), R"({"schema": 3})"};
}
