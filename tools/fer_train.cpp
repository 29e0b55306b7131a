#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>

#include "command.hpp"
#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/train/environment.hpp"
#include "fer/train/forecast.hpp"
#include "fer/train/starting_weights.hpp"
#include "fer/train/trainer.hpp"
#include "run_records.hpp"

namespace {

namespace fs = std::filesystem;
using namespace fer;  // a main of its own, no header

constexpr const char* kExamples =
    "  fer-train --config vgg_block.json --data fer2013.csv\n"
    "  fer-train --config generic.json --set train.epochs=5 --set train.optimiser.lr=0.0005 --out experiments/short\n"
    "  fer-train --config vgg_block.json --set train.precision=auto --dry-run     # how fast, how long, how much "
    "memory\n"
    "  fer-train --config vgg_block.json --watch     # experiments/vgg_block/report.html shows how it goes\n"
    "  fer-train --resume experiments/vgg_block\n";

struct Request {
  train::LoadedExperiment loaded;
  bool dry_run = false;                 ///< say what it would take, and write nothing
  std::optional<RunDirectory> resumed;  ///< unset: a new run
  fs::path out;                         ///< wanted folder of a new run
  bool allow_inexact = false;
  bool watch = false;  ///< the run's page is kept up to date while it trains
};

template <class T>
std::optional<T> given(const cxxopts::ParseResult& arguments, const std::string& name) {
  return arguments.count(name) == 0 ? std::nullopt : std::optional(arguments[name].as<T>());
}

/// --weights, --init, --device and --threads are short for their keys.
std::vector<std::string> assignments(const cxxopts::ParseResult& arguments) {
  std::vector<std::string> list =
      given<std::vector<std::string>>(arguments, "set").value_or(std::vector<std::string>{});
  if (const auto device = given<std::string>(arguments, "device")) list.push_back("machine.device=" + *device);
  if (const auto weights = given<std::string>(arguments, "weights")) list.push_back("model.weights=" + *weights);
  if (const auto init = given<std::string>(arguments, "init")) list.push_back("model.init=" + *init);
  if (const auto threads = given<int>(arguments, "threads"))
    list.push_back("machine.threads=" + std::to_string(*threads));
  return list;
}

Request newRun(const cxxopts::ParseResult& arguments) {
  const fs::path config = findConfig(arguments["config"].as<std::string>());
  Request request{train::loadExperiment(config, given<std::string>(arguments, "data"), assignments(arguments)),
                  false,
                  {},
                  {},
                  false,
                  false};
  request.watch = arguments.count("watch") != 0;
  request.dry_run = arguments.count("dry-run") != 0;
  request.out = given<std::string>(arguments, "out").value_or("experiments/" + config.stem().string());
  return request;
}

Request resumedRun(const cxxopts::ParseResult& arguments) {
  for (const char* name : {"config", "out", "weights", "init", "dry-run"})
    if (arguments.count(name) != 0) throw usageError(std::string("--") + name + " does not go with --resume");
  Request request;
  request.resumed = RunDirectory::open(arguments["resume"].as<std::string>());
  train::Experiment& experiment = request.loaded.experiment;
  experiment = train::readExperiment(request.resumed->config());
  const KeyTable table = train::keysOf(experiment);
  for (const std::string& assignment : assignments(arguments)) {
    if (!assignment.starts_with("train.epochs=") && !assignment.starts_with("machine."))
      throw usageError("--set " + assignment +
                       ": a resume may change train.epochs and machine.* only. Start a new run for the rest.");
    applyAssignment(table, assignment);
  }
  request.loaded.data_source = "the run's config";
  if (const auto data = given<std::string>(arguments, "data")) {
    experiment.data.path = *data;
    request.loaded.data_source = "--data";
  }
  request.allow_inexact = arguments.count("allow-inexact") != 0;
  request.watch = arguments.count("watch") != 0;
  return request;
}

void describeData(Log& log, const train::LoadedExperiment& loaded, const data::TrainingData& data) {
  const data::DataOptions& options = loaded.experiment.data;
  log.line("data: " + options.path + " (named by " + loaded.data_source + "), protocol " + options.protocol);
  log.line("      train " + std::to_string(data.train.size()) + ", validation " +
           std::to_string(data.validation.size()) + ", test " + std::to_string(data.test_rows) +
           " (not loaded), in none " + std::to_string(data.unused_rows) + "; " +
           std::to_string(data.overlap.test_in_train) + " test images also stand in train");
  if (const std::size_t empty = data.dataset.columns().empty_rows; empty > 0)
    log.line("      " + std::to_string(empty) + " rows of commas alone were skipped");
}

/// What a class without training images comes to.
std::string untrainedText(const data::TrainingData& data) {
  std::string names;
  for (const std::string& name : data.untrained_classes) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? "" : "warning: no training image of " + names + ": the network cannot learn it";
}

void writeEnvironment(const RunDirectory& run, const train::Experiment& experiment, const data::TrainingData& data,
                      const train::TrainingState& state) {
  const fs::path file = run.environment();
  std::optional<std::string> earlier;
  if (fs::exists(file)) earlier = readFile(file, Fault::kData);
  writeFile(file, train::environmentText(experiment, data, state.conditions, {state.epoch, state.step}, earlier,
                                         file.string()));
}

/// A path as short as it can be said from here.
std::string shortPath(const fs::path& path) {
  const std::string relative = fs::proximate(path).string();
  return relative.starts_with("..") ? path.string() : relative;
}

/// The command that sits beside this one, as the user would type it.
std::string besides(const std::string& self, const std::string& name) {
  const std::size_t slash = self.rfind('/');
  return slash == std::string::npos ? name : self.substr(0, slash + 1) + name;
}

/// Whatever ends it, the page says so.
train::Trainer::Ending train(train::Trainer& trainer, tools::RunRecords& records) {
  const train::TrainingState& state = trainer.state();
  try {
    const auto ending = trainer.run([] { return interruptSignal() != 0; },
                                    [&](const train::TrainingState& now) { records.epochEnded(now); });
    records.ended(state, ending == train::Trainer::Ending::kInterrupted ? "interrupted"
                         : state.stop                                   ? "stopped by " + *state.stop
                                                                        : "finished");
    return ending;
  } catch (const std::exception& error) {
    records.failed(state, error.what());
    throw;
  }
}

int runTraining(Request request, const std::string& self) {
  nn::reuseTensorMemory();
  train::Experiment& experiment = request.loaded.experiment;
  const c10::Device device = nn::chooseDevice(experiment.machine.device);
  const int threads = nn::setComputeThreads(experiment.machine.threads);
  // What was chosen is saved, so that a resume chooses the same.
  experiment.machine.device = device.str();
  experiment.machine.threads = threads;
  const nn::PrecisionChoice precision = nn::choosePrecision(experiment.train.precision, device);
  experiment.train.precision = nn::nameOf(precision.precision);
  const data::TrainingData data = data::loadForTraining(experiment.data, static_cast<unsigned>(threads));
  experiment.data.path = fs::absolute(experiment.data.path).lexically_normal().string();
  const auto network = train::prepareNetwork(experiment, data);
  // A run that died before its first checkpoint has nothing to go on from, and begins.
  const bool begun = request.resumed && hasBegun(*request.resumed);
  const std::vector<std::string> weights =
      begun ? std::vector<std::string>{} : train::setStartingWeights(experiment, *network);

  const nn::ParameterCount count = nn::countParameters(*network);
  if (count.trainable == 0)
    throw usageError(
        "model.frozen: it holds every layer, which leaves nothing to train. Leave out one layer at least.");
  const std::string untrained = untrainedText(data);
  if (request.dry_run) {
    if (!untrained.empty()) std::cout << untrained << '\n';
    std::cout << "dry run, nothing is written: " << experiment.model.name << " on " << device.str() << " with "
              << threads << " threads in " << nn::nameOf(precision.precision) << " (" << precision.reason << "), batch "
              << experiment.train.batch_size << '\n'
              << train::forecastText(train::forecast(experiment, data, *network, {device, precision.precision}),
                                     experiment.train);
    return 0;
  }
  watchInterrupts();  // from here on a folder is in the making
  const RunDirectory run = request.resumed ? *request.resumed : RunDirectory::create(request.out);
  std::optional<NewRun> unless_begun;
  if (!request.resumed) unless_begun.emplace(run);
  const RunLock lock(run);
  sweep(run);
  if (!begun) writeFile(run.config(), train::experimentText(experiment));  // first: what --resume wants, come what may
  Log log(std::cout, run.log());
  train::Trainer trainer(experiment, data, network,
                         {run, {device, precision.precision}, threads, ::isatty(STDOUT_FILENO) != 0}, log);
  if (begun) {
    trainer.resume(request.allow_inexact);
    writeFile(run.config(), train::experimentText(experiment));
  }
  writeEnvironment(run, experiment, data, trainer.state());

  log.line("run: " + run.path().string());
  describeData(log, request.loaded, data);
  if (!untrained.empty()) log.line(untrained);
  log.line("model: " + experiment.model.name + ", " + std::to_string(count.total) + " parameters (" +
           std::to_string(count.trainable) + " trainable), on " + device.str() + " with " + std::to_string(threads) +
           " threads");
  log.line("precision: " + nn::nameOf(precision.precision) + " (" + precision.reason + ")");
  for (const std::string& line : weights) log.line(line);
  if (request.resumed && !begun) log.line("resumed before its first checkpoint: it begins anew");
  if (begun)
    log.line("resumed at epoch " + std::to_string(trainer.state().epoch + 1) + ", step " +
             std::to_string(trainer.state().step + 1));
  tools::RunRecords records(run, experiment, data, trainer.state(), request.watch, log);
  if (request.watch) log.line("page: " + shortPath(run.page()) + " (open it in a browser; it reloads itself)");
  const auto ending = train(trainer, records);
  if (fs::is_regular_file(run.page())) log.line("page: " + shortPath(run.page()));
  const std::string shown = shortPath(run.path());
  if (ending == train::Trainer::Ending::kInterrupted) {
    log.line("interrupted and saved; go on with: " + shellPath(self) + " --resume " + shellPath(shown));
    return 128 + interruptSignal();
  }
  log.line("evaluate it with: " + shellPath(besides(self, "fer-eval")) + " --run " + shellPath(shown));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  train::Experiment defaults;
  const tools::Command command{"fer-train", "train a network on facial emotions", kExamples,
                               "Keys for --set and config files:\n" + configHelp(train::keysOf(defaults))};
  cxxopts::Options options = tools::makeOptions(command);
  options.add_options()("config", "config file; a bare name is also looked for in the project's configs",
                        cxxopts::value<std::string>(),
                        "FILE")("resume", "go on with an interrupted run", cxxopts::value<std::string>(), "RUN")(
      "data", "the dataset, short for data.path", cxxopts::value<std::string>(), "CSV")(
      "out", "folder of the run (default experiments/<config name>; a taken name gets -2, -3 ...)",
      cxxopts::value<std::string>(),
      "DIR")("set", "override a key; may be repeated", cxxopts::value<std::vector<std::string>>(), "KEY=VALUE")(
      "weights", "pretrained body of vgg16 or resnet50: torchvision's .pth, or safetensors; short for model.weights",
      cxxopts::value<std::string>(),
      "FILE")("init", "start from the weights of another run or checkpoint of fer's; short for model.init",
              cxxopts::value<std::string>(),
              "RUN")("device", "auto, cpu, cuda or cuda:N", cxxopts::value<std::string>(), "NAME")(
      "threads", "threads that compute; 0: every processor that it may use", cxxopts::value<int>(), "N")(
      "allow-inexact", "with --resume: go on although machine, threads or LibTorch differ")(
      "watch", "keep the run's report.html up to date while it trains; a browser that shows it reloads it by itself")(
      "dry-run", "say how large, how fast and how long the training would be, from a few steps; write nothing");
  return tools::run(command, options, argc, argv, [&](const cxxopts::ParseResult& arguments) {
    if (arguments.count("resume") == 0 && arguments.count("config") == 0)
      throw usageError("give --config FILE for a new run or --resume RUN. Try --help.");
    return runTraining(arguments.count("resume") != 0 ? resumedRun(arguments) : newRun(arguments), argv[0]);
  });
}
