#include "fer_predict_options.hpp"

#include <string>
#include <vector>

#include "command.hpp"
#include "fer/core/config/shipped_model.hpp"
#include "fer/core/error.hpp"

namespace fer::tools {
namespace {

vision::DetectorOptions detectorFrom(const cxxopts::ParseResult& arguments) {
  vision::DetectorOptions detector;
  std::vector<std::string> names{"auto"};
  for (const vision::DetectorEntry& entry : vision::detectors()) names.emplace_back(entry.name);
  detector.name = oneOf(arguments, "detector", names);
  if (arguments.count("detector-file") != 0) detector.file = arguments["detector-file"].as<std::string>();
  if (arguments.count("min-score") != 0) detector.min_score = arguments["min-score"].as<float>();
  return detector;
}

void refuseConflicts(const cxxopts::ParseResult& arguments) {
  if (arguments.count("inputs") == 0) throw usageError("name pictures, folders or CSVs. Try --help.");
  if (arguments.count("json") != 0 && arguments.count("csv") != 0)
    throw usageError("--json and --csv are two forms of the same output: give one of them.");
  for (const char* name : {"detector", "detector-file", "min-score"})
    if (arguments.count("faces") != 0 && arguments.count(name) != 0)
      throw usageError("--faces says that nothing is to be looked for, --" + std::string(name) +
                       " how: give one of them.");
}

/// The network that comes with fer, where none is named.
std::filesystem::path modelFrom(const cxxopts::ParseResult& arguments) {
  if (arguments.count("model") != 0) return arguments["model"].as<std::string>();
  const std::filesystem::path shipped = shippedModel("compact.onnx");
  if (shipped.empty())
    throw usageError(
        "compact.onnx is not there (data/models). Give --model FILE, which fer-export --format onnx writes.");
  return shipped;
}

}  // namespace

void addPredictOptions(cxxopts::Options& options) {
  const auto text = [](const char* initial) { return cxxopts::value<std::string>()->default_value(initial); };
  const auto number = [](const char* initial) { return cxxopts::value<int>()->default_value(initial); };
  options.add_options()(
      "model",
      "a network that fer-export --format onnx wrote (default: compact.onnx of data/models, which comes with fer)",
      cxxopts::value<std::string>(), "FILE")("inputs", "pictures, folders of pictures, CSVs of faces",
                                             cxxopts::value<std::vector<std::string>>(), "INPUT ...");
  options.add_options()("faces", "the pictures are faces that were cut out: look for none");
  options.add_options()("json", "print JSON")("csv", "print CSV")("top", "emotions that the text names a face",
                                                                  number("1"), "K")(
      "out", "write the pictures into this folder with what was found drawn in", cxxopts::value<std::string>(), "DIR");
  options.add_options()("sheet",
                        "write this PNG file: faces side by side as the network sees them, over what they show",
                        cxxopts::value<std::string>(), "FILE");
  options.add_options()("detector", "finds faces: haar; yunet, which finds more; auto: yunet where it is there",
                        text("auto"), "NAME")("detector-file", "the detector's own file, .onnx or .xml",
                                              cxxopts::value<std::string>(), "FILE")(
      "min-score", "of yunet's faces, 0 to 1 (default: 0.6)", cxxopts::value<float>(), "S");
  options.add_options()("engine", "runs the network: opencv, xnnpack, openvino, openvino-bf16, or auto", text("auto"),
                        "NAME")("threads", "threads that compute; 0: every processor that it may use", number("0"),
                                "N");
  options.parse_positional({"inputs"});
  options.positional_help("INPUT ...").show_positional_help();
}

app::PredictRequest readPredictRequest(const cxxopts::ParseResult& arguments) {
  constexpr int kMostClasses = 256;
  refuseConflicts(arguments);
  app::PredictRequest request;
  request.model = modelFrom(arguments);
  for (const std::string& input : arguments["inputs"].as<std::vector<std::string>>())
    request.inputs.emplace_back(input);
  request.faces = arguments.count("faces") != 0;
  request.detector = detectorFrom(arguments);
  request.engine.name = arguments["engine"].as<std::string>();
  request.engine.threads = wholeNumber(arguments, "threads", 0, kMostThreads);
  if (arguments.count("json") != 0) request.format = app::ResultFormat::kJson;
  if (arguments.count("csv") != 0) request.format = app::ResultFormat::kCsv;
  request.top = wholeNumber(arguments, "top", 1, kMostClasses);
  if (arguments.count("sheet") != 0) request.sheet = arguments["sheet"].as<std::string>();
  if (arguments.count("out") != 0) request.out = arguments["out"].as<std::string>();
  return request;
}

}  // namespace fer::tools
