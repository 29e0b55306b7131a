#include "command.hpp"
#include "fer/app/dataset.hpp"
#include "fer/core/error.hpp"
#include "fer_data.hpp"
#include "image_options.hpp"

namespace fer::tools {
namespace {

constexpr int kSmallestFace = 16;  // pixels: on fewer nothing can be told apart
constexpr double kMostRows = 1e6;
constexpr std::size_t kMostBytes = std::size_t{4} << 30;

data::SynthOptions synthOptions(const cxxopts::ParseResult& arguments) {
  const data::DataOptions images = imageOptions(arguments, kSmallestFace);
  data::SynthOptions options;
  options.shape = images.shape;
  options.classes = images.classes;
  KeyTable table;
  table.add("--rows", &options.rows, "", {1, kMostRows});
  table.add("--seed", &options.seed, "");
  applyOptions(table, arguments);
  if (options.rows > kMostBytes / options.shape.size())
    throw usageError("command line: " + std::to_string(options.rows) +
                     " rows of this size hold more than 4 GiB of pixels. Ask for fewer or smaller images.");
  return options;
}

int synth(const cxxopts::ParseResult& arguments) {
  if (arguments.count("out") == 0)
    throw usageError("no file to write is named. Try fer-data synth synthetic.csv --rows 3000");
  app::synthesiseDataset(synthOptions(arguments), arguments["out"].as<std::string>(), arguments.count("force") != 0);
  return 0;
}

}  // namespace

int runDataSynth(int argc, char** argv) {
  const Command command{"fer-data synth", "Writes a FER-2013-format CSV of drawn, labelled faces",
                        "  fer-data synth data/fer2013.csv --rows 3000\n"
                        "  fer-data synth faces.csv --height 32 --width 40 --channels 3 --classes sad,neutral,happy\n"};
  const data::SynthOptions defaults;
  const auto text = [](const auto& value) {
    return cxxopts::value<std::string>()->default_value(std::to_string(value));
  };
  cxxopts::Options options = makeOptions(command);
  options.add_options()("out", "the CSV to write", cxxopts::value<std::string>(), "OUT");
  options.add_options()("rows", "how many faces: 8 in 10 Training, 1 PublicTest, 1 PrivateTest", text(defaults.rows),
                        "N");
  options.add_options()("seed", "other faces with each number; the same number, the same faces", text(defaults.seed),
                        "N");
  options.add_options()("force", "replace OUT if it exists");
  addImageOptions(options);
  options.parse_positional("out");
  options.positional_help("OUT");
  return run(command, std::move(options), argc, argv, synth);
}

}  // namespace fer::tools
