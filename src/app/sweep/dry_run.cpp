#include "app/sweep/dry_run.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "app/sweep/halving.hpp"
#include "app/sweep/trial_text.hpp"
#include "fer/app/train_run.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/files/temporary_folder.hpp"
#include "fer/core/progress.hpp"

namespace fer::app {
namespace {

using nlohmann::json;

/// What of a config decides how fast it trains; augmentation is done ahead of the step.
std::string speedKey(const train::Experiment& experiment) {
  const json config = json::parse(train::experimentText(experiment));
  const json& train = config["train"];
  return json{config["model"],     config["data"],     config["preprocess"], config["machine"],
              train["batch_size"], train["precision"], train["drop_last"]}
      .dump();
}

struct Estimate {
  double epoch_seconds = 0;
  int epochs = 0;
};

std::vector<Estimate> estimates(const SweepPlan& plan) {
  const TemporaryFolder folder("fer-sweep");
  const std::string base = (folder.path() / "base.json").string();
  writeFile(base, plan.base);
  std::map<std::string, double> seconds;
  std::vector<Estimate> all;
  for (const Trial& trial : plan.trials) {
    TrainRequest request = newTraining(base, std::nullopt, assignmentsOf(trial, {}));
    const int epochs = request.loaded.experiment.train.epochs;
    const auto [known, is_new] = seconds.emplace(speedKey(request.loaded.experiment), 0);
    if (is_new) known->second = forecastTraining(std::move(request)).epoch_seconds;
    all.push_back({known->second, epochs});
  }
  return all;
}

/// Seconds of work, if one run follows the other; `longest` is what no other run can take from the longest one.
struct Work {
  double seconds = 0;
  double longest = 0;
};

Work workOf(const SweepPlan& plan, const std::vector<Estimate>& all) {
  Work work;
  const auto seeds = static_cast<double>(std::max<std::size_t>(1, plan.sweep.seeds.size()));
  if (!plan.sweep.halving) {
    for (const Estimate& one : all) {
      work.seconds += one.epoch_seconds * one.epochs * seeds;
      work.longest = std::max(work.longest, one.epoch_seconds * one.epochs);
    }
    return work;
  }
  double mean = 0;  // who stays is not known yet
  for (const Estimate& one : all) mean += one.epoch_seconds / static_cast<double>(all.size());
  int before = 0;
  for (const auto& [epochs, trials] : rungsOf(*plan.sweep.halving, all.size())) {
    work.seconds += mean * (epochs - before) * static_cast<double>(trials) * seeds;
    before = epochs;
  }
  work.longest = mean * before;
  return work;
}

std::string rungsText(const SweepPlan& plan) {
  std::string text;
  for (const Rung& rung : rungsOf(*plan.sweep.halving, plan.trials.size()))
    text += (text.empty() ? "rungs: " : ", then ") + rungText(rung);
  return text + "\n";
}

}  // namespace

std::string dryRunText(const SweepPlan& plan, int parallel) {
  std::string text = "dry run, nothing is written: " + std::to_string(plan.runs.size()) + " runs\n";
  for (const PlannedRun& run : plan.runs) text += "  " + run.name + "  " + valuesText(plan.trials[run.trial]) + "\n";
  if (plan.sweep.halving) text += rungsText(plan);
  const Work work = workOf(plan, estimates(plan));
  const double seconds = std::max(work.seconds / parallel, work.longest);
  text += "time: about " + durationText(seconds) + ", if early stopping ends no run sooner";
  if (parallel > 1) text += "; " + std::to_string(parallel) + " at once, if they do not slow each other down";
  return text + "\n";
}

}  // namespace fer::app
