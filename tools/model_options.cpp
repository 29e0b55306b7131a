#include "model_options.hpp"

#include <string>
#include <vector>

#include "command.hpp"
#include "fer/core/config/shipped_model.hpp"
#include "fer/core/error.hpp"

namespace fer::tools {

void addModelOption(cxxopts::Options& options) {
  options.add_options()("model",
                        "a network that fer-export --format onnx wrote, or the name of one that comes with fer, in "
                        "data/models (default: " +
                            std::string(kDefaultModel) + ")",
                        cxxopts::value<std::string>(), "FILE");
}

void addDetectorOptions(cxxopts::Options& options) {
  options.add_options()("detector", "finds faces: haar; yunet, which finds more; auto: yunet where it is there",
                        cxxopts::value<std::string>()->default_value("auto"), "NAME")(
      "detector-file", "the detector's own file, .onnx or .xml", cxxopts::value<std::string>(), "FILE")(
      "min-score", "of yunet's faces, 0 to 1 (default: 0.6)", cxxopts::value<float>(), "S");
}

void addEngineOptions(cxxopts::Options& options) {
  options.add_options()("engine", "runs the network: opencv, xnnpack, openvino, openvino-bf16, or auto",
                        cxxopts::value<std::string>()->default_value("auto"),
                        "NAME")("threads", "threads that compute; 0: every processor that it may use",
                                cxxopts::value<int>()->default_value("0"), "N");
}

std::filesystem::path modelFrom(const cxxopts::ParseResult& arguments) {
  if (arguments.count("model") != 0) return modelNamed(arguments["model"].as<std::string>());
  const std::string file = std::string(kDefaultModel) + ".onnx";
  const std::filesystem::path shipped = shippedModel(file);
  if (shipped.empty())
    throw usageError(file + " is not there (data/models). Give --model FILE, which fer-export --format onnx writes.");
  return shipped;
}

vision::DetectorOptions detectorFrom(const cxxopts::ParseResult& arguments) {
  vision::DetectorOptions detector;
  std::vector<std::string> names{"auto"};
  for (const vision::DetectorEntry& entry : vision::detectors()) names.emplace_back(entry.name);
  detector.name = oneOf(arguments, "detector", names);
  if (arguments.count("detector-file") != 0) detector.file = arguments["detector-file"].as<std::string>();
  if (arguments.count("min-score") != 0) detector.min_score = arguments["min-score"].as<float>();
  return detector;
}

engine::EngineOptions engineFrom(const cxxopts::ParseResult& arguments) {
  return {arguments["engine"].as<std::string>(), wholeNumber(arguments, "threads", 0, kMostThreads)};
}

}  // namespace fer::tools
