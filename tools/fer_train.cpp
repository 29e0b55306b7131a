#include "command.hpp"
#include "fer/core/config/config.hpp"
#include "fer_train_options.hpp"

namespace {

constexpr const char* kExamples =
    "  fer-train --config vgg_block.json --data fer2013.csv\n"
    "  fer-train --config generic.json --set train.epochs=5 --set train.optimiser.lr=0.0005 --out experiments/short\n"
    "  fer-train --config vgg_block.json --set train.precision=auto --dry-run     # how fast, how long, how much "
    "memory\n"
    "  fer-train --config vgg_block.json --watch     # experiments/vgg_block/report.html shows how it goes\n"
    "  fer-train --resume experiments/vgg_block\n"
    "  fer-train --config vgg_block.json --until 10  # the first ten epochs of the whole training; --resume for more\n";

}  // namespace

int main(int argc, char** argv) {
  fer::train::Experiment defaults;
  const fer::tools::Command command{
      "fer-train", "train a network on facial emotions", kExamples,
      "Keys for --set and config files:\n" + fer::configHelp(fer::train::keysOf(defaults))};
  cxxopts::Options options = fer::tools::makeOptions(command);
  fer::tools::addTrainOptions(options);
  return fer::tools::run(command, options, argc, argv, [&](const cxxopts::ParseResult& arguments) {
    return fer::app::trainRun(fer::tools::readTrainRequest(arguments), argv[0]);
  });
}
