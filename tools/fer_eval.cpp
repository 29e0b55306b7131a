#include <unistd.h>

#include <ctime>
#include <iostream>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "fer/core/progress.hpp"
#include "fer/core/run_directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/eval/evaluate.hpp"
#include "fer/eval/test_reads.hpp"
#include "fer/nn/cpu_memory.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/torch_predictor.hpp"
#include "fer/report/evaluation_text.hpp"
#include "fer/report/model_card.hpp"
#include "fer/report/write_evaluation.hpp"
#include "fer/train/experiment.hpp"
#include "run_weights.hpp"

namespace {

using namespace fer;  // a main of its own, no header

constexpr const char* kExamples =
    "  fer-eval --run experiments/vgg_block\n"
    "  fer-eval --run experiments/vgg_block --split validation --weights final\n";

const std::vector<std::uint32_t>& rowsOf(const data::Split& split, const std::string& name) {
  if (name == "train") return split.train;
  return name == "validation" ? split.validation : split.test;
}

data::Dataset loadSameData(const data::DataOptions& options, const nn::ModelCard& card, int threads) {
  data::Dataset dataset = data::loadDataset(options, static_cast<unsigned>(threads));
  if (const std::string hash = data::dataHash(dataset); hash != card.data_hash)
    throw dataError(options.path + ": not the dataset of this run: its data hash is " + hash + ", the run's is " +
                    card.data_hash + ". Name the right file with --data.");
  return dataset;
}

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

void fillOrigin(metrics::Evaluation& evaluation, const RunDirectory& run, const nn::ModelCard& card,
                const data::DataOptions& options) {
  evaluation.run = run.name();
  evaluation.model = card.spec.name;
  evaluation.protocol = options.protocol;
  evaluation.epoch = card.epoch;
  evaluation.data_path = options.path;
  evaluation.data_hash = card.data_hash;
}

int evaluateRun(const cxxopts::ParseResult& arguments) {
  if (arguments.count("run") == 0) throw usageError("give --run RUN. Try --help.");
  const RunDirectory run = RunDirectory::open(arguments["run"].as<std::string>());
  const std::string split_name = tools::oneOf(arguments, "split", {"test", "validation", "train"});
  const std::string weights = tools::oneOf(arguments, "weights", {"best", "last", "final"});
  data::DataOptions options = train::readExperiment(run.config()).data;
  if (arguments.count("data") != 0) options.path = arguments["data"].as<std::string>();
  const c10::Device device = nn::chooseDevice(arguments["device"].as<std::string>());
  nn::reuseTensorMemory();
  const int threads = nn::setComputeThreads(arguments["threads"].as<int>());

  nn::LoadedModel model = tools::loadWeights(run, weights);
  const nn::ModelCard card = model.card;
  const std::int64_t parameters = nn::countParameters(*model.network).total;
  const data::Dataset dataset = loadSameData(options, card, threads);
  const data::Split split = data::cut(dataset, options);
  const std::vector<std::uint32_t>& rows = rowsOf(split, split_name);
  nn::TorchPredictor predictor(std::move(model), device);
  Progress progress(std::cout, ::isatty(STDOUT_FILENO) != 0, split_name, rows.size());
  metrics::Evaluation evaluation = eval::evaluate(predictor, dataset, rows, data::standIn(dataset, rows, split.train),
                                                  [&](std::size_t done, std::size_t) { progress.update(done, ""); });
  progress.finish();
  fillOrigin(evaluation, run, card, options);
  evaluation.split = split_name;
  evaluation.weights = weights;
  evaluation.parameters = parameters;
  if (split_name == "test") eval::noteTestRead(run.testReads(), weights, utcNow());
  const std::filesystem::path folder = run.evaluation(split_name);
  std::cout << report::evaluationText(report::writeEvaluation(evaluation, folder))
            << "report:   " << (folder / "report.md").string() << "\n";
  report::writeModelCard(run.path());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const tools::Command command{"fer-eval", "score a trained network on a split of its data", kExamples};
  cxxopts::Options options = tools::makeOptions(command);
  options.add_options()("run", "the run to evaluate", cxxopts::value<std::string>(), "RUN")(
      "split", "test, validation or train, as the run's protocol cuts them",
      cxxopts::value<std::string>()->default_value("test"),
      "NAME")("weights", "best, last or final", cxxopts::value<std::string>()->default_value("best"), "NAME")(
      "data", "the dataset, where it has moved since the training", cxxopts::value<std::string>(), "CSV")(
      "device", "auto, cpu, cuda or cuda:N", cxxopts::value<std::string>()->default_value("auto"), "NAME")(
      "threads", "threads that compute; 0: every processor", cxxopts::value<int>()->default_value("0"), "N");
  return tools::run(command, options, argc, argv, evaluateRun);
}
