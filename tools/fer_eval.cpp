#include "fer/app/evaluate_run.hpp"

#include "command.hpp"
#include "fer_eval_options.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-eval --run experiments/vgg_block\n"
    "  fer-eval --run experiments/vgg_block --split validation --checkpoint final\n"
    "  fer-eval --run experiments/vgg_block --tta flip --calibrate --cost\n"
    "  fer-eval --run experiments/vgg_block --robustness --robustness-rows 1000\n"
    "  fer-eval --run experiments/vgg_block --split validation --explain     # where the network looks\n"
    "  fer-eval --run experiments/vgg_block --data my_faces.csv --classes sad,neutral,happy    # another dataset\n"
    "  fer-eval --ensemble experiments/vgg_block experiments/generic --out experiments/ensemble\n"
    "  fer-eval --model vgg_block.onnx --data fer2013.csv --out experiments/exported    # what fer-export wrote\n";

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-eval", "score trained networks on a split of their data", kExamples};
  cxxopts::Options options = fer::tools::makeOptions(command);
  fer::tools::addEvalOptions(options);
  return fer::tools::run(command, options, argc, argv, [](const cxxopts::ParseResult& arguments) {
    fer::app::evaluateRun(fer::tools::readEvalRequest(arguments));
    return 0;
  });
}
