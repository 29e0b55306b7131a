#include "command.hpp"
#include "fer/app/dataset.hpp"
#include "fer/core/error.hpp"
#include "fer_data.hpp"
#include "fold_options.hpp"
#include "image_options.hpp"

namespace fer::tools {
namespace {

int auditFile(const cxxopts::ParseResult& arguments) {
  if (arguments.count("file") == 0) throw usageError("no file is named. Try fer-data audit fer2013.csv");
  data::DataOptions options = imageOptions(arguments);
  readFoldOptions(arguments, options);
  app::auditDataset(arguments["file"].as<std::string>(), options, arguments.count("json") != 0);
  return 0;
}

}  // namespace

int runDataAudit(int argc, char** argv) {
  const Command command{"fer-data audit",
                        "Finds images that stand twice, within and across splits, and images without content",
                        "  fer-data audit fer2013.csv\n"
                        "  fer-data audit fer2013.csv --json > audit.json\n"};
  cxxopts::Options options = makeOptions(command);
  options.add_options()("file", "a CSV in FER-2013's format, or a folder of pictures", cxxopts::value<std::string>(),
                        "FILE");
  options.add_options()("json", "print JSON, with the rows of every group of duplicates");
  addImageOptions(options);
  addFoldOptions(options);
  options.parse_positional("file");
  options.positional_help("FILE");
  return run(command, std::move(options), argc, argv, auditFile);
}

}  // namespace fer::tools
