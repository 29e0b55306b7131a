#include "command.hpp"
#include "fer/app/dataset.hpp"
#include "fer/core/error.hpp"
#include "fer_data.hpp"
#include "image_options.hpp"

namespace fer::tools {
namespace {

int convert(const cxxopts::ParseResult& arguments) {
  if (arguments.count("from") == 0 || arguments.count("to") == 0)
    throw usageError("a dataset and a place for its copy are wanted. Try fer-data convert faces/ faces.csv");
  app::convertDataset(arguments["from"].as<std::string>(), arguments["to"].as<std::string>(), imageOptions(arguments),
                      arguments.count("force") != 0);
  return 0;
}

}  // namespace

int runDataConvert(int argc, char** argv) {
  const Command command{"fer-data convert", "Writes a folder of pictures as a CSV, or a CSV as a folder of PNG files",
                        "  fer-data convert faces/ faces.csv\n"
                        "  fer-data convert fer2013.csv faces/\n"};
  cxxopts::Options options = makeOptions(command);
  options.add_options()("from", "a folder of pictures, or a CSV in FER-2013's format", cxxopts::value<std::string>(),
                        "FROM")("to", "the CSV to write from a folder, the folder to write from a CSV",
                                cxxopts::value<std::string>(), "TO")("force", "replace TO if it exists");
  addImageOptions(options);
  options.parse_positional({"from", "to"});
  options.positional_help("FROM TO");
  return run(command, std::move(options), argc, argv, convert);
}

}  // namespace fer::tools
