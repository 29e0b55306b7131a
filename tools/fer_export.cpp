#include <string>

#include "command.hpp"
#include "fer/app/export_run.hpp"
#include "fer/core/error.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-export --run experiments/vgg_block --format torch --out vgg_block.pth\n"
    "  fer-export --run experiments/vgg_block --format onnx\n"
    "  fer-export --run experiments/vgg_block --format onnx --half --out vgg_block_half.onnx\n"
    "  fer-export --run experiments/vgg_block --format onnx --calibrated    # after fer-eval --calibrate\n";

int exportRun(const cxxopts::ParseResult& arguments) {
  if (arguments.count("run") == 0) throw fer::usageError("give --run RUN. Try --help.");
  fer::app::ExportRequest request;
  request.run = arguments["run"].as<std::string>();
  request.checkpoint = fer::tools::oneOf(arguments, "checkpoint", {"best", "last", "final"});
  request.format = fer::tools::oneOf(arguments, "format", {"safetensors", "torch", "onnx"});
  request.half = arguments.count("half") != 0;
  request.calibrated = arguments.count("calibrated") != 0;
  if (request.calibrated && request.format != "onnx")
    throw fer::usageError("--calibrated is for --format onnx: " + request.format + " files keep what was trained.");
  if (arguments.count("out") != 0) request.out = arguments["out"].as<std::string>();
  fer::app::exportRun(request);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-export", "write a run's weights for other programs", kExamples};
  cxxopts::Options options = fer::tools::makeOptions(command);
  options.add_options()("run", "the run", cxxopts::value<std::string>(), "RUN")(
      "checkpoint", "of the run: best, last or final", cxxopts::value<std::string>()->default_value("best"), "NAME")(
      "format",
      "safetensors; torch: a state dict that torch.load opens with weights_only=True; onnx: the whole network, for any "
      "runtime",
      cxxopts::value<std::string>()->default_value("safetensors"), "NAME")("half", "kernels in float16, half the size")(
      "calibrated", "onnx: logits divided by the temperature that fer-eval --calibrate found of these weights")(
      "out", "default: the run's name in the current folder", cxxopts::value<std::string>(), "FILE");
  return fer::tools::run(command, options, argc, argv, exportRun);
}
