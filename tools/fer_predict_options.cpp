#include "fer_predict_options.hpp"

#include <string>
#include <vector>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "model_options.hpp"

namespace fer::tools {
namespace {

void refuseConflicts(const cxxopts::ParseResult& arguments) {
  if (arguments.count("inputs") == 0) throw usageError("name pictures, folders or CSVs. Try --help.");
  if (arguments.count("json") != 0 && arguments.count("csv") != 0)
    throw usageError("--json and --csv are two forms of the same output: give one of them.");
  for (const char* name : {"detector", "detector-file", "min-score"})
    if (arguments.count("faces") != 0 && arguments.count(name) != 0)
      throw usageError("--faces says that nothing is to be looked for, --" + std::string(name) +
                       " how: give one of them.");
}

}  // namespace

void addPredictOptions(cxxopts::Options& options) {
  const auto number = [](const char* initial) { return cxxopts::value<int>()->default_value(initial); };
  options.add_options()("inputs", "pictures, folders of pictures, CSVs of faces",
                        cxxopts::value<std::vector<std::string>>(), "INPUT ...");
  addModelOption(options);
  options.add_options()("faces", "the pictures are faces that were cut out: look for none");
  options.add_options()("json", "print JSON")("csv", "print CSV")("top", "emotions that the text names a face",
                                                                  number("1"), "K")(
      "out", "write the pictures into this folder with what was found drawn in", cxxopts::value<std::string>(), "DIR");
  options.add_options()("sheet",
                        "write this PNG file: faces side by side as the network sees them, over what they show",
                        cxxopts::value<std::string>(), "FILE");
  addDetectorOptions(options);
  addEngineOptions(options);
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
  request.engine = engineFrom(arguments);
  if (arguments.count("json") != 0) request.format = app::ResultFormat::kJson;
  if (arguments.count("csv") != 0) request.format = app::ResultFormat::kCsv;
  request.top = wholeNumber(arguments, "top", 1, kMostClasses);
  if (arguments.count("sheet") != 0) request.sheet = arguments["sheet"].as<std::string>();
  if (arguments.count("out") != 0) request.out = arguments["out"].as<std::string>();
  return request;
}

}  // namespace fer::tools
