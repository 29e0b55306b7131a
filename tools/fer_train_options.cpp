#include "fer_train_options.hpp"

#include <limits>

#include "command.hpp"
#include "fer/core/error.hpp"

namespace fer::tools {
namespace {

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

app::TrainRequest resumed(const cxxopts::ParseResult& arguments) {
  refuseBeside(arguments, "resume", {"config", "out", "weights", "init", "dry-run", "store-teachers"});
  app::TrainRequest request = app::resumedTraining(arguments["resume"].as<std::string>(),
                                                   given<std::string>(arguments, "data"), assignments(arguments));
  request.allow_inexact = arguments.count("allow-inexact") != 0;
  return request;
}

}  // namespace

void addTrainOptions(cxxopts::Options& options) {
  options.add_options()("config", "config file; a bare name is also looked for in the project's configs",
                        cxxopts::value<std::string>(),
                        "FILE")("resume", "go on with an interrupted run", cxxopts::value<std::string>(), "RUN")(
      "data", "the dataset, short for data.path", cxxopts::value<std::string>(), "CSV")(
      "out",
      "folder of the run (default experiments/<config name>, of a run's config.json the run's name; a taken one gets "
      "-2, -3 ...)",
      cxxopts::value<std::string>(),
      "DIR")("set", "override a key; may be repeated", cxxopts::value<std::vector<std::string>>(), "KEY=VALUE")(
      "weights", "pretrained body of vgg16 or resnet50: torchvision's .pth, or safetensors; short for model.weights",
      cxxopts::value<std::string>(),
      "FILE")("init", "start from the weights of another run, or of a file that fer-export wrote; short for model.init",
              cxxopts::value<std::string>(),
              "RUN")("device", "auto, cpu, cuda or cuda:N", cxxopts::value<std::string>(), "NAME")(
      "threads", "threads that compute; 0: every processor that it may use", cxxopts::value<int>(), "N")(
      "until", "pause after so many of train.epochs, saved as by Ctrl-C; --resume goes on to the same bits",
      cxxopts::value<int>(), "N")("allow-inexact", "with --resume: go on although machine, threads or LibTorch differ")(
      "store-teachers",
      "train nothing: store what train.distill.teachers say of the images of every epoch, for train.distill.stored",
      cxxopts::value<std::string>(), "DIR")(
      "watch", "keep the run's report.html up to date while it trains; a browser that shows it reloads it by itself")(
      "dry-run", "say how large, how fast and how long the training would be, from a few steps; write nothing");
}

app::TrainRequest readTrainRequest(const cxxopts::ParseResult& arguments) {
  if (arguments.count("resume") == 0 && arguments.count("config") == 0)
    throw usageError("give --config FILE for a new run or --resume RUN. Try --help.");
  const bool watch = arguments.count("watch") != 0;
  app::TrainRequest request = arguments.count("resume") != 0
                                  ? resumed(arguments)
                                  : app::newTraining(arguments["config"].as<std::string>(),
                                                     given<std::string>(arguments, "data"), assignments(arguments));
  request.watch = watch;
  request.dry_run = arguments.count("dry-run") != 0;
  if (request.dry_run) refuseBeside(arguments, "dry-run", {"until"});
  if (arguments.count("until") != 0)
    request.until = wholeNumber(arguments, "until", 1, std::numeric_limits<int>::max());
  if (const auto out = given<std::string>(arguments, "out")) request.out = *out;
  if (const auto folder = given<std::string>(arguments, "store-teachers")) {
    refuseBeside(arguments, "store-teachers", {"out", "until", "watch", "dry-run"});
    request.store_teachers = *folder;
  }
  return request;
}

}  // namespace fer::tools
