#include "fer_eval.hpp"

#include <algorithm>
#include <iostream>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "fer/eval/calibrate.hpp"
#include "fer/eval/robustness.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/report/evaluation/model_card.hpp"
#include "fer/report/evaluation/text.hpp"

namespace {

using namespace fer;  // a main of its own, no header

constexpr const char* kExamples =
    "  fer-eval --run experiments/vgg_block\n"
    "  fer-eval --run experiments/vgg_block --split validation --weights final\n"
    "  fer-eval --run experiments/vgg_block --tta flip --calibrate --cost\n"
    "  fer-eval --run experiments/vgg_block --robustness --robustness-rows 1000\n"
    "  fer-eval --run experiments/vgg_block --split validation --explain     # where the network looks\n"
    "  fer-eval --run experiments/vgg_block --data my_faces.csv --classes sad,neutral,happy    # another dataset\n"
    "  fer-eval --ensemble experiments/vgg_block experiments/generic --out experiments/ensemble\n";

metrics::Calibration calibrate(predict::Predictor& predictor, const tools::EvalData& data,
                               const metrics::Evaluation& evaluation) {
  if (evaluation.split == "validation") return eval::calibrate(evaluation, evaluation);
  return eval::calibrate(tools::evaluateRows(predictor, data, "validation"), evaluation);
}

metrics::Robustness robustness(predict::Predictor& predictor, const tools::EvalRequest& request,
                               const tools::EvalData& data, const metrics::Evaluation& evaluation) {
  const std::vector<std::uint32_t>& rows = data.rows(request.split);
  const std::size_t tried = request.robustness_rows == 0 ? rows.size() : std::min(request.robustness_rows, rows.size());
  if (!eval::builtWithJpeg())
    std::cout << "robustness without JPEG: fer was built without libjpeg-turbo (libturbojpeg0-dev)\n";
  Progress bar = tools::progressBar("robustness", eval::imagesNeeded(eval::disturbances(), tried));
  const metrics::Robustness result = eval::robustness(predictor, data.dataset, rows, evaluation, tried,
                                                      [&bar](std::size_t done, std::size_t) { bar.update(done, ""); });
  bar.finish();
  return result;
}

int evaluateCommand(const cxxopts::ParseResult& arguments) {
  tools::EvalRequest request = tools::readEvalRequest(arguments);
  const c10::Device device = nn::chooseDevice(request.device);
  nn::reuseTensorMemory();
  const int threads = nn::setComputeThreads(request.threads);
  tools::Candidate candidate = tools::openCandidate(request, device);
  if (request.explain && candidate.ensemble)
    throw usageError(
        "--explain shows one network's feature maps, and an ensemble has several. Explain its members' "
        "runs, one after the other.");
  const tools::EvalData data = tools::loadEvalData(request, candidate, threads);
  if (!data.other.empty()) request.split = tools::kAllRows;
  const std::unique_ptr<predict::Predictor> predictor = tools::makePredictor(request, candidate, data);

  metrics::Evaluation evaluation = tools::evaluateRows(*predictor, data, request.split);
  tools::fillOrigin(evaluation, request, candidate, data);
  if (request.calibrate) evaluation.calibration = calibrate(*predictor, data, evaluation);
  if (request.cost) evaluation.cost = tools::measureCost(*predictor, candidate, data, device, threads);
  std::optional<metrics::Robustness> disturbed;
  if (request.robustness) disturbed = robustness(*predictor, request, data, evaluation);
  const std::filesystem::path folder =
      candidate.folder / "eval" / request.evaluationName(data.other.empty() ? request.split : data.other);
  const auto lock = tools::lockResults(candidate);
  if (request.split == "test") evaluation.test_reads = tools::countTestRead(request, candidate);
  AtomicFolder results(folder);
  const metrics::Summary summary = tools::writeResults(evaluation, disturbed, folder, results, candidate, data);
  tools::writeEvents(summary, results.part());
  if (request.explain) tools::writeExplanations(evaluation, request, candidate, data, device, results.part());
  results.commit();
  report::writeModelCard(candidate.folder);
  std::cout << report::evaluationText(summary);
  tools::printExtras(evaluation, disturbed);
  std::cout << "report:   " << (folder / "report.md").string() << "\n";
  if (request.explain) std::cout << "explain:  " << (folder / "explain").string() << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const tools::Command command{"fer-eval", "score trained networks on a split of their data", kExamples};
  cxxopts::Options options = tools::makeOptions(command);
  tools::addEvalOptions(options);
  return tools::run(command, options, argc, argv, evaluateCommand);
}
