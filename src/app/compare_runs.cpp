#include "fer/app/compare_runs.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <system_error>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/processors.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/report/comparison/comparison.hpp"
#include "fer/report/comparison/run_result.hpp"
#include "fer/report/comparison/writers.hpp"

namespace fer::app {
namespace {

using report::RunResult;

/// An earlier report among the runs, as where experiments/* holds the folder that --out names, is no surprise.
bool isTheReport(const std::string& folder, const std::string& out) {
  std::error_code ignored;
  return !out.empty() && std::filesystem::equivalent(folder, out, ignored);
}

std::vector<RunResult> readRuns(const CompareRequest& request) {
  const std::string& split = request.split;
  std::vector<RunResult> runs;
  for (const std::string& folder : request.runs) {
    if (isTheReport(folder, request.out)) continue;
    if (auto run = report::readRunOrDamage(folder, split))
      runs.push_back(std::move(*run));
    else
      std::cerr << "fer-report: " << folder << " is skipped: it is no run (a folder with config.json)\n";
  }
  if (runs.empty()) throw dataError("none of the paths is a run. Name folders such as experiments/vgg_block.");
  const auto damaged = std::find_if(runs.begin(), runs.end(), [](const RunResult& run) { return !run.damage.empty(); });
  const bool none = std::all_of(runs.begin(), runs.end(), [](const RunResult& run) { return run.evaluations.empty(); });
  if (none && damaged != runs.end()) throw dataError(damaged->damage);
  for (const RunResult& run : runs)
    if (!run.damage.empty()) std::cerr << "fer-report: " << run.damage << ": this run is left out\n";
  if (none)
    throw dataError("no run is evaluated on the " + split + " split yet: run fer-eval --run " +
                    shellPath(runs.front().folder) + (split == "test" ? "" : " --split " + split));
  return runs;
}

}  // namespace

void compareRuns(const CompareRequest& request) {
  std::vector<RunResult> runs = readRuns(request);
  report::ComparisonOptions options;
  options.threads = static_cast<unsigned>(usableProcessors());
  const report::Comparison comparison = report::compare(std::move(runs), request.split, options);
  if (!request.out.empty()) report::writeComparison(comparison, request.out);
  std::cout << report::comparisonText(comparison);
}

}  // namespace fer::app
