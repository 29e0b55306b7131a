#include "fer/app/evaluate_run.hpp"

#include <algorithm>
#include <iostream>

#include "app/evaluate/pieces.hpp"
#include "fer/core/error.hpp"
#include "fer/core/processors.hpp"
#include "fer/eval/calibrate.hpp"
#include "fer/eval/disturb/disturb.hpp"
#include "fer/eval/robustness.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/report/evaluation/model_card.hpp"
#include "fer/report/evaluation/text.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::app {
namespace {

/// What is fitted on the validation rows, and never on others.
void fitOnValidation(predict::Predictor& predictor, const EvalRequest& request, const EvalData& data,
                     metrics::Evaluation& evaluation) {
  if (!request.calibrate && !request.ceiling) return;
  const metrics::Evaluation validation =
      evaluation.split == "validation" ? evaluation : evaluateRows(predictor, data, "validation");
  if (request.calibrate) evaluation.calibration = eval::calibrate(validation, evaluation);
  if (request.ceiling) evaluation.ceiling = labelCeiling(validation, evaluation, data);
}

metrics::Robustness robustness(predict::Predictor& predictor, const EvalRequest& request, const EvalData& data,
                               const metrics::Evaluation& evaluation) {
  const std::vector<std::uint32_t>& rows = data.rows(request.split);
  const std::size_t tried = request.robustness_rows == 0 ? rows.size() : std::min(request.robustness_rows, rows.size());
  const std::vector<eval::Disturbance>& disturbances = eval::disturbances();
  Progress bar = progressBar("robustness", eval::imagesNeeded(disturbances, tried));
  const metrics::Robustness result = eval::robustness(predictor, data.dataset, rows, evaluation, disturbances, tried,
                                                      [&bar](std::size_t done, std::size_t) { bar.update(done, ""); });
  bar.finish();
  return result;
}

/// What draws or changes pictures is left out of a build without OpenCV.
void requireBuilt(const EvalRequest& request) {
  constexpr const char* kRemedy =
      " needs OpenCV, and fer was built without it. Install it (libopencv-imgcodecs-dev, libopencv-dnn-dev, "
      "libopencv-objdetect-dev) and build again.";
  if (request.robustness && eval::disturbances().empty())
    throw Error(Fault::kOther, std::string("--robustness") + kRemedy);
  if (request.explain && !report::picturesBuilt()) throw Error(Fault::kOther, std::string("--explain") + kRemedy);
  if (!report::picturesBuilt())
    std::cout << "no mistakes.png and no confusion matrix for TensorBoard: fer was built without OpenCV\n";
}

int libTorchThreads(const EvalRequest& request) {
  nn::reuseTensorMemory();
  return nn::setComputeThreads(request.threads);
}

int engineThreads(const EvalRequest& request) {
  return request.threads > 0 ? request.threads : usableProcessors();
}

}  // namespace

void evaluateRun(EvalRequest request) {
  requireBuilt(request);
  const bool exported = !request.model.empty();
  const c10::Device device = exported ? c10::kCPU : nn::chooseDevice(request.device);
  const int threads = exported ? engineThreads(request) : libTorchThreads(request);
  Candidate candidate = exported ? openExported(request, threads) : openCandidate(request, device);
  if (exported) request.checkpoint = candidate.networks.front().description.checkpoint;
  if (candidate.ensemble) request.checkpoint = candidate.ensemble->members.front().checkpoint;
  if (request.explain && candidate.ensemble)
    throw usageError(
        "--explain shows one network's feature maps, and an ensemble has several. Explain its members' "
        "runs, one after the other.");
  const EvalData data = loadEvalData(request, candidate, threads);
  if (!data.other.empty()) request.split = kAllRows;
  if (request.ceiling && data.votes.empty())
    throw usageError("--ceiling needs FER+'s votes beside the dataset's own labels: give --ferplus fer2013new.csv.");
  const std::unique_ptr<predict::Predictor> predictor = makePredictor(request, candidate, data);

  metrics::Evaluation evaluation = evaluateRows(*predictor, data, request.split);
  fillOrigin(evaluation, request, candidate, data);
  fitOnValidation(*predictor, request, data, evaluation);
  if (request.cost) evaluation.cost = measureCost(*predictor, candidate, data, device, threads, request.tta);
  std::optional<metrics::Robustness> disturbed;
  if (request.robustness) disturbed = robustness(*predictor, request, data, evaluation);
  const std::filesystem::path folder =
      candidate.folder / "eval" / request.evaluationName(data.other.empty() ? request.split : data.other);
  const auto lock = lockResults(candidate);
  if (request.split == "test") evaluation.test_reads = countTestRead(request, candidate);
  AtomicFolder results(folder);
  const metrics::Summary summary = writeResults(evaluation, disturbed, folder, results, candidate, data);
  writeEvents(summary, results.part());
  std::optional<metrics::Summary> other;
  if (const auto against = againstOtherLabels(evaluation, data)) other = writeOtherLabels(*against, results.part());
  if (request.explain) writeExplanations(evaluation, request, candidate, data, device, results.part());
  results.commit();
  const weights::ModelDescription& first = candidate.networks.front().description;
  report::writeModelCard(candidate.folder, exported ? first.config : "", first.temperature);
  std::cout << report::evaluationText(summary);
  printExtras(evaluation, disturbed);
  if (other) printBothLabels(summary, *other, data);
  std::cout << "report:   " << (folder / "report.md").string() << "\n";
  if (request.explain) std::cout << "explain:  " << (folder / "explain").string() << "\n";
}

}  // namespace fer::app
