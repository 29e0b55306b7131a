#include "app/sweep/sweep_plan.hpp"

#include <algorithm>

#include "app/sweep/trial_text.hpp"
#include "fer/core/child_process.hpp"
#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/temporary_folder.hpp"
#include "fer/core/processors.hpp"
#include "fer/data/load.hpp"
#include "fer/train/experiment.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = std::size_t{1} << 20;

/// Beside the sweep's file, else as fer-train finds its --config.
fs::path baseConfig(const std::string& base, const fs::path& file) {
  if (const fs::path beside = file.parent_path() / base; fs::exists(beside)) return beside;
  try {
    return findConfig(base);
  } catch (const Error& error) {
    constexpr std::string_view kOption = "--config ";
    const std::string text = error.what();
    throw usageError(file.string() + ": base: " + (text.starts_with(kOption) ? text.substr(kOption.size()) : text));
  }
}

/// What "auto" means is left to each run: its values may change it. Paths of the data hold in every folder.
std::string resolvedBase(const SweepFile& sweep, const SweepRequest& request) {
  const fs::path config = baseConfig(sweep.base, request.file);
  train::Experiment experiment;
  const KeyTable table = train::keysOf(experiment);
  applyConfigFile(table, config);
  experiment.data.path = train::loadExperiment(config, request.data, {}).experiment.data.path;
  applyConfig(table, sweep.set, request.file.string() + ": set");
  if (request.data) experiment.data.path = *request.data;
  train::makePathsAbsolute(experiment);
  if (sweep.halving) experiment.train.epochs = sweep.halving->epochs;
  if (experiment.machine.threads == 0)
    experiment.machine.threads = std::max(1, usableProcessors() / std::max(1, request.parallel));
  train::validate(experiment, request.file.string() + ": set");
  return configJson(table).dump(2) + "\n";
}

/// As each fer-train will read it.
void checkTrials(const SweepPlan& plan, const std::string& origin) {
  const TemporaryFolder folder("fer-sweep");
  const fs::path base = folder.path() / "base.json";
  writeFile(base, plan.base);
  for (const Trial& trial : plan.trials) try {
      data::requireDataset(train::loadExperiment(base, std::nullopt, assignmentsOf(trial, {})).experiment.data);
    } catch (const Error& error) {
      throw Error(error.fault(), origin + ": trial " + trial.name + " (" + valuesText(trial) + "): " + error.what());
    }
}

SweepPlan planOf(std::string text, const std::string& origin) {
  SweepPlan plan;
  plan.sweep = parseSweep(text, origin);
  train::Experiment spare;
  checkKeys(plan.sweep, train::keysOf(spare), origin);
  plan.trials = trialsOf(plan.sweep);
  plan.runs = runsOf(plan.sweep, plan.trials);
  plan.text = std::move(text);
  return plan;
}

}  // namespace

SweepPlan newPlan(const SweepRequest& request) {
  const std::string origin = request.file.string();
  SweepPlan plan = planOf(readFile(request.file, Fault::kUsage, kLargestFile), origin);
  plan.base = resolvedBase(plan.sweep, request);
  checkTrials(plan, origin);
  return plan;
}

SweepPlan savedPlan(const fs::path& file, const fs::path& base) {
  SweepPlan plan = planOf(readFile(file, Fault::kUsage, kLargestFile), file.string());
  plan.base = readFile(base, Fault::kUsage, kLargestFile);
  checkTrials(plan, file.string());
  return plan;
}

std::vector<std::string> trainCommand(const SweepPlan& plan, const PlannedRun& run, const fs::path& base,
                                      const fs::path& folder, std::optional<int> until, bool resumes) {
  const fs::path program = findProgram("fer-train");
  if (program.empty())
    throw Error(Fault::kOther, "fer-train is neither beside fer-sweep nor in the PATH: install it there");
  std::vector<std::string> command{program.string()};
  if (resumes)
    command.insert(command.end(), {"--resume", folder.string()});
  else
    command.insert(command.end(), {"--config", base.string(), "--out", folder.string()});
  if (!resumes)
    for (const std::string& assignment : assignmentsOf(plan.trials[run.trial], run))
      command.insert(command.end(), {"--set", assignment});
  if (until) command.insert(command.end(), {"--until", std::to_string(*until)});
  return command;
}

}  // namespace fer::app
