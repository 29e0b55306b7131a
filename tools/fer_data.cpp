#include "fer_data.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "fer/core/error.hpp"

namespace {

struct Subcommand {
  std::string_view name;
  int (*run)(int argc, char** argv);
};

constexpr Subcommand kSubcommands[] = {{"info", &fer::tools::runDataInfo},
                                       {"audit", &fer::tools::runDataAudit},
                                       {"convert", &fer::tools::runDataConvert},
                                       {"synth", &fer::tools::runDataSynth}};

/// Without a subcommand that we know: help, or what there is.
int refuse(const cxxopts::ParseResult& arguments) {
  const std::string expected = "expected info, audit, convert or synth. Try fer-data --help.";
  if (arguments.count("command") == 0) throw fer::usageError("no command is named: " + expected);
  throw fer::usageError("unknown command \"" + arguments["command"].as<std::vector<std::string>>().front() +
                        "\": " + expected);
}

}  // namespace

int main(int argc, char** argv) {
  for (const Subcommand& subcommand : kSubcommands)
    if (argc > 1 && subcommand.name == argv[1]) return subcommand.run(argc - 1, argv + 1);
  const fer::tools::Command command{
      "fer-data", "Looks at, checks, converts and makes datasets: CSVs in FER-2013's format, folders of pictures",
      "  fer-data info fer2013.csv                   rows, classes, pixels, hashes\n"
      "  fer-data audit fer2013.csv                  duplicates within and across splits\n"
      "  fer-data convert fer2013.csv faces/         a folder of PNG files, and back\n"
      "  fer-data synth synthetic.csv --rows 3000    drawn, labelled faces\n"
      "  fer-data synth --help                       the options of one command\n"};
  cxxopts::Options options = fer::tools::makeOptions(command);
  options.add_options()("command", "info, audit, convert or synth", cxxopts::value<std::vector<std::string>>(),
                        "COMMAND");
  options.parse_positional("command");
  options.positional_help("COMMAND ...");
  return fer::tools::run(command, std::move(options), argc, argv, refuse);
}
