#include <filesystem>
#include <iostream>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/weights/torch_file.hpp"
#include "run_weights.hpp"

namespace {

using namespace fer;  // a main of its own, no header

constexpr const char* kExamples =
    "  fer-export --run experiments/vgg_block --format torch --out vgg_block.pth\n"
    "  fer-export --run experiments/vgg_block --format safetensors\n";

int exportRun(const cxxopts::ParseResult& arguments) {
  if (arguments.count("run") == 0) throw usageError("give --run RUN. Try --help.");
  const RunDirectory run = RunDirectory::open(arguments["run"].as<std::string>());
  const std::string weights = tools::oneOf(arguments, "weights", {"best", "last", "final"});
  const std::string format = tools::oneOf(arguments, "format", {"safetensors", "torch"});
  const nn::LoadedModel model = tools::loadWeights(run, weights);
  const nn::TensorFile file = nn::packModel(*model.network, model.card);
  std::filesystem::path out = run.name() + (format == "torch" ? ".pth" : ".safetensors");
  if (arguments.count("out") != 0) out = arguments["out"].as<std::string>();
  if (format == "torch")
    weights::writeTorchFile(out, nn::toBytes(file));
  else
    nn::writeTensors(out, file);
  std::cout << out.string() << ": " << file.tensors.size() << " tensors, " << std::filesystem::file_size(out) / 1000
            << " kB, weights of epoch " << model.card.epoch + 1 << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const tools::Command command{"fer-export", "write a run's weights for other programs", kExamples};
  cxxopts::Options options = tools::makeOptions(command);
  options.add_options()("run", "the run", cxxopts::value<std::string>(), "RUN")(
      "weights", "best, last or final", cxxopts::value<std::string>()->default_value("best"), "NAME")(
      "format", "safetensors, or torch: a state dict that torch.load opens with weights_only=True",
      cxxopts::value<std::string>()->default_value("safetensors"),
      "NAME")("out", "default: the run's name in the current folder", cxxopts::value<std::string>(), "FILE");
  return tools::run(command, options, argc, argv, exportRun);
}
