#include "command.hpp"
#include "fer/app/dataset.hpp"
#include "fer/core/error.hpp"
#include "fer_data.hpp"
#include "fold_options.hpp"
#include "image_options.hpp"

namespace fer::tools {
namespace {

int info(const cxxopts::ParseResult& arguments) {
  if (arguments.count("file") == 0) throw usageError("no file is named. Try fer-data info fer2013.csv");
  data::DataOptions options = imageOptions(arguments);
  readFoldOptions(arguments, options);
  app::showDataset(arguments["file"].as<std::string>(), options);
  return 0;
}

}  // namespace

int runDataInfo(int argc, char** argv) {
  const Command command{"fer-data info", "Shows a dataset's rows, splits, classes, pixel statistics and hashes",
                        "  fer-data info fer2013.csv\n"
                        "  fer-data info fer2013.csv --folds 5\n"
                        "  fer-data info shapes.csv --height 32 --width 40 --channels 3 --classes round,square\n"};
  cxxopts::Options options = makeOptions(command);
  options.add_options()("file", "a CSV in FER-2013's format, or a folder of pictures", cxxopts::value<std::string>(),
                        "FILE");
  addImageOptions(options);
  addFoldOptions(options);
  options.parse_positional("file");
  options.positional_help("FILE");
  return run(command, std::move(options), argc, argv, info);
}

}  // namespace fer::tools
