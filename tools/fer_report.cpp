#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files.hpp"
#include "fer/report/comparison.hpp"
#include "fer/report/run_result.hpp"

namespace {

using fer::report::RunResult;

std::vector<RunResult> readRuns(const std::vector<std::string>& folders, const std::string& split) {
  std::vector<RunResult> runs;
  for (const std::string& folder : folders) {
    if (auto run = fer::report::readRunResult(folder, split))
      runs.push_back(std::move(*run));
    else
      std::cerr << "fer-report: " << folder << " is skipped: it is no run (a folder with config.json)\n";
  }
  if (runs.empty()) throw fer::dataError("none of the paths is a run. Name folders such as experiments/vgg_block.");
  if (std::none_of(runs.begin(), runs.end(), [](const RunResult& run) { return run.summary.has_value(); }))
    throw fer::dataError("no run is evaluated on the " + split + " split yet: run fer-eval --run " +
                         runs.front().folder.string() + (split == "test" ? "" : " --split " + split));
  return runs;
}

int report(const cxxopts::ParseResult& arguments) {
  const std::string split = fer::tools::oneOf(arguments, "split", {"train", "validation", "test"});
  if (arguments.count("run") == 0) throw fer::usageError("no run is named. Try fer-report experiments/*");
  const auto runs = readRuns(arguments["run"].as<std::vector<std::string>>(), split);
  if (arguments.count("out") != 0) {
    const std::filesystem::path file = arguments["out"].as<std::string>();
    fer::writeFile(file, fer::report::comparisonMarkdown(runs, split, file));
  }
  std::cout << fer::report::comparisonText(runs, split);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const fer::tools::Command command{"fer-report", "Compares evaluated runs: one table, the most accurate first",
                                    "  fer-report experiments/*\n"
                                    "  fer-report experiments/generic experiments/vgg_block --out report.md\n"};
  cxxopts::Options options = fer::tools::makeOptions(command);
  options.add_options()("run", "run directories; what is no run is skipped", cxxopts::value<std::vector<std::string>>(),
                        "RUN...");
  options.add_options()("split", "which evaluation: train, validation or test",
                        cxxopts::value<std::string>()->default_value("test"), "NAME");
  options.add_options()("out", "also write the table as Markdown, with links to each run's report",
                        cxxopts::value<std::string>(), "FILE");
  options.parse_positional("run");
  options.positional_help("RUN...");
  return fer::tools::run(command, std::move(options), argc, argv, report);
}
