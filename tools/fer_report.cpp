#include "command.hpp"
#include "fer/app/compare_runs.hpp"
#include "fer/core/error.hpp"

namespace {

int compareRuns(const cxxopts::ParseResult& arguments) {
  fer::app::CompareRequest request;
  request.split = fer::tools::oneOf(arguments, "split", {"train", "validation", "test"});
  if (arguments.count("run") == 0) throw fer::usageError("no run is named. Try fer-report experiments/*");
  request.runs = arguments["run"].as<std::vector<std::string>>();
  if (arguments.count("out") != 0) request.out = arguments["out"].as<std::string>();
  fer::app::compareRuns(request);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{
      "fer-report", "Compares evaluated runs: which differences are real, what each model costs, where it fails",
      "  fer-report experiments/*                   # the ranked table on the terminal\n"
      "  fer-report experiments/* --out report/     # and report/index.html, report.md, comparison.json, "
      "comparison.csv\n"};
  cxxopts::Options options = fer::tools::makeOptions(command);
  options.add_options()("run", "runs and ensembles; what is neither is skipped",
                        cxxopts::value<std::vector<std::string>>(), "RUN...");
  options.add_options()("split", "which evaluations: train, validation or test",
                        cxxopts::value<std::string>()->default_value("test"), "NAME");
  options.add_options()("out", "also write index.html, report.md, comparison.json and comparison.csv into a folder",
                        cxxopts::value<std::string>(), "DIR");
  options.parse_positional("run");
  options.positional_help("RUN...");
  return fer::tools::run(command, std::move(options), argc, argv, compareRuns);
}
