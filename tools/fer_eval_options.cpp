#include "fer_eval_options.hpp"

#include <filesystem>
#include <set>

#include "command.hpp"
#include "fer/core/config/shipped_model.hpp"
#include "fer/core/error.hpp"

namespace fer::tools {
namespace {

/// Words beside the options end up among the members; without --out they are not meant as such.
void refuseStrayWords(const app::EvalRequest& request) {
  if (request.ensemble.empty() || !request.out.empty()) return;
  if (!request.run.empty())
    throw usageError("--run evaluates one run and --ensemble several (\"" + request.ensemble.front() +
                     "\"): give one of them. Try --help.");
  if (request.ensemble.size() == 1)
    throw usageError("unexpected argument \"" + request.ensemble.front() +
                     "\": give --run RUN, or --ensemble RUN RUN ... --out DIR. Try --help.");
  throw usageError("--ensemble needs --out DIR, the folder that it is written to.");
}

void refuseTwice(const std::vector<std::string>& runs) {
  std::set<std::filesystem::path> seen;
  for (const std::string& run : runs)
    if (!seen.insert(std::filesystem::weakly_canonical(std::filesystem::absolute(run))).second)
      throw usageError("--ensemble: " + run + " is named twice. Name each run once.");
}

/// What is said of splits, data and scores holds for exported models, too.
void refuseConflictsOfData(const app::EvalRequest& request, const cxxopts::ParseResult& arguments) {
  if (!request.classes.empty() && !request.data)
    throw usageError("--classes names the classes of another dataset: give --data as well.");
  if (!request.robustness && arguments.count("robustness-rows") != 0)
    throw usageError("--robustness-rows says how many rows --robustness tries: give --robustness as well.");
}

void refuseConflictsOfModel(const app::EvalRequest& request, const cxxopts::ParseResult& arguments) {
  for (const char* other : {"run", "ensemble", "ensemble-weights", "checkpoint", "explain", "device"})
    if (arguments.count(other) != 0)
      throw usageError(std::string("--") + other +
                       " is for runs, --model for an exported model: leave one of them out.");
  if (request.out.empty()) throw usageError("--model needs --out DIR, the folder that its evaluation is written to.");
  refuseConflictsOfData(request, arguments);
}

void refuseConflicts(const app::EvalRequest& request, const cxxopts::ParseResult& arguments) {
  refuseStrayWords(request);
  if (!request.model.empty()) return refuseConflictsOfModel(request, arguments);
  if (arguments.count("engine") != 0)
    throw usageError("--engine runs exported models: give --model FILE.onnx as well.");
  if (request.run.empty() && request.ensemble.empty() && request.out.empty())
    throw usageError("give --run RUN, --ensemble RUN RUN ... --out DIR, or --model FILE.onnx --out DIR. Try --help.");
  if (!request.run.empty() && !request.ensemble.empty())
    throw usageError("--run evaluates one run and --ensemble several: give one of them. Try --help.");
  if (!request.out.empty() && request.ensemble.empty())
    throw usageError(
        "--out is the folder of an ensemble: give --ensemble RUN RUN ... as well. A run's evaluation is "
        "written into the run.");
  if (request.ensemble.size() == 1)
    throw usageError("--ensemble needs two runs at least, found one: " + request.ensemble.front());
  refuseTwice(request.ensemble);
  if (request.ensemble.empty() && arguments.count("ensemble-weights") != 0)
    throw usageError("--ensemble-weights says how the members of --ensemble are weighted: give --ensemble as well.");
  refuseConflictsOfData(request, arguments);
}

}  // namespace

void addEvalOptions(cxxopts::Options& options) {
  const auto text = [](const char* standard) { return cxxopts::value<std::string>()->default_value(standard); };
  options.add_options()("run", "the run, or the folder of an ensemble, to evaluate", cxxopts::value<std::string>(),
                        "RUN")("ensemble", "several runs, whose probabilities are averaged",
                               cxxopts::value<std::vector<std::string>>(), "RUN RUN ...")(
      "model", "an exported model (fer-export --format onnx) or one that comes with fer, run without LibTorch",
      cxxopts::value<std::string>(),
      "FILE")("engine", "that runs it: auto, openvino, openvino-bf16, xnnpack or opencv (docs/models.md)", text("auto"),
              "NAME")("out", "the folder of the ensemble, or of the exported model's evaluation",
                      cxxopts::value<std::string>(), "DIR")(
      "ensemble-weights", "equal; or validation: those with the lowest negative log-likelihood on the validation rows",
      text("equal"),
      "NAME")("split", "test, validation or train, as the run's protocol cuts them", text("test"), "NAME")(
      "checkpoint", "of the run, or of each of an ensemble: best, last or final", text("best"), "NAME")(
      "tta",
      "test-time augmentation: none; flip: the mean over the image and its mirror image; tencrop: over five "
      "parts and their mirror images",
      text("none"), "NAME")("calibrate", "fit a temperature on the validation rows and say what it changes")(
      "ceiling", "how often the labels can be told by FER+'s votes, and by votes and network together; with --ferplus")(
      "robustness", "scores under disturbed images, and by brightness and contrast")(
      "robustness-rows", "rows that --robustness disturbs, evenly spread; 0: all",
      cxxopts::value<std::size_t>()->default_value("0"),
      "N")("cost", "measure arithmetic, size and speed on this machine")(
      "explain", "sheets of images, a class each, that show where the network looks (Grad-CAM)")(
      "data", "the dataset, where it has moved since the training; or another one, all rows of which are scored",
      cxxopts::value<std::string>(), "PATH")("classes",
                                             "class names of another --data, in the order of its labels (default: the "
                                             "run's); classes are matched by name",
                                             cxxopts::value<std::string>(), "A,B,...")(
      "ferplus", "FER+'s fer2013new.csv: scores against its labels stand beside those against the run's",
      cxxopts::value<std::string>(), "CSV")("device", "auto, cpu, cuda or cuda:N", text("auto"), "NAME")(
      "threads", "threads that compute; 0: every processor that it may use", cxxopts::value<int>()->default_value("0"),
      "N");
  options.parse_positional({"ensemble"});              // --ensemble A B C: what follows A
  options.positional_help("").show_positional_help();  // else --help leaves it out
}

app::EvalRequest readEvalRequest(const cxxopts::ParseResult& arguments) {
  app::EvalRequest request;
  const auto textOf = [&arguments](const char* name) {
    return arguments.count(name) == 0 ? std::string() : arguments[name].as<std::string>();
  };
  request.run = textOf("run");
  request.out = textOf("out");
  request.model = modelNamed(textOf("model")).string();
  request.engine = arguments["engine"].as<std::string>();
  if (arguments.count("ensemble") != 0) request.ensemble = arguments["ensemble"].as<std::vector<std::string>>();
  request.weighting = oneOf(arguments, "ensemble-weights", {"equal", "validation"});
  request.split = oneOf(arguments, "split", {"test", "validation", "train"});
  request.checkpoint = oneOf(arguments, "checkpoint", {"best", "last", "final"});
  request.checkpoint_given = arguments.count("checkpoint") != 0;
  request.tta = oneOf(arguments, "tta", {"none", "flip", "tencrop"});
  request.calibrate = arguments.count("calibrate") != 0;
  request.ceiling = arguments.count("ceiling") != 0;
  request.robustness = arguments.count("robustness") != 0;
  request.robustness_rows = arguments["robustness-rows"].as<std::size_t>();
  request.cost = arguments.count("cost") != 0;
  request.explain = arguments.count("explain") != 0;
  request.split_given = arguments.count("split") != 0;
  if (arguments.count("data") != 0) request.data = textOf("data");
  request.ferplus = textOf("ferplus");
  if (arguments.count("classes") != 0) request.classes = commaList(textOf("classes"));
  request.device = arguments["device"].as<std::string>();
  request.threads = wholeNumber(arguments, "threads", 0, kMostThreads);
  refuseConflicts(request, arguments);
  return request;
}

}  // namespace fer::tools
