#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

#include "command.hpp"
#include "fer/core/error.hpp"
#include "fer/core/processors.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/report/comparison/comparison.hpp"
#include "fer/report/comparison/run_result.hpp"
#include "fer/report/comparison/writers.hpp"

namespace {

using fer::report::RunResult;

/// An earlier report among the runs, as where experiments/* holds the folder that --out names, is no surprise.
bool isTheReport(const std::string& folder, const std::string& out) {
  std::error_code ignored;
  return !out.empty() && std::filesystem::equivalent(folder, out, ignored);
}

std::vector<RunResult> readRuns(const std::vector<std::string>& folders, const std::string& split,
                                const std::string& out) {
  std::vector<RunResult> runs;
  for (const std::string& folder : folders) {
    if (isTheReport(folder, out)) continue;
    if (auto run = fer::report::readRunOrDamage(folder, split))
      runs.push_back(std::move(*run));
    else
      std::cerr << "fer-report: " << folder << " is skipped: it is no run (a folder with config.json)\n";
  }
  if (runs.empty()) throw fer::dataError("none of the paths is a run. Name folders such as experiments/vgg_block.");
  const auto damaged = std::find_if(runs.begin(), runs.end(), [](const RunResult& run) { return !run.damage.empty(); });
  const bool none = std::all_of(runs.begin(), runs.end(), [](const RunResult& run) { return run.evaluations.empty(); });
  if (none && damaged != runs.end()) throw fer::dataError(damaged->damage);
  for (const RunResult& run : runs)
    if (!run.damage.empty()) std::cerr << "fer-report: " << run.damage << ": this run is left out\n";
  if (none)
    throw fer::dataError("no run is evaluated on the " + split + " split yet: run fer-eval --run " +
                         fer::shellPath(runs.front().folder) + (split == "test" ? "" : " --split " + split));
  return runs;
}

int report(const cxxopts::ParseResult& arguments) {
  const std::string split = fer::tools::oneOf(arguments, "split", {"train", "validation", "test"});
  if (arguments.count("run") == 0) throw fer::usageError("no run is named. Try fer-report experiments/*");
  const std::string out = arguments.count("out") != 0 ? arguments["out"].as<std::string>() : "";
  auto runs = readRuns(arguments["run"].as<std::vector<std::string>>(), split, out);
  fer::report::ComparisonOptions options;
  options.threads = static_cast<unsigned>(fer::usableProcessors());
  const fer::report::Comparison comparison = fer::report::compare(std::move(runs), split, options);
  if (!out.empty()) fer::report::writeComparison(comparison, out);
  std::cout << fer::report::comparisonText(comparison);
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
  return fer::tools::run(command, std::move(options), argc, argv, report);
}
