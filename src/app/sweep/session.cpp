#include "app/sweep/session.hpp"

#include <algorithm>
#include <iostream>

#include "app/sweep/halving.hpp"
#include "app/sweep/run_folder.hpp"
#include "app/sweep/trial_text.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

/// Without the name of the command that said it.
std::string errorText(const Ended& end) {
  constexpr std::string_view kName = "fer-train: ";
  constexpr int kSignalled = 128;
  if (end.error.starts_with(kName)) return end.error.substr(kName.size());
  if (!end.error.empty()) return end.error;
  if (end.code > kSignalled) return "fer-train was ended by signal " + std::to_string(end.code - kSignalled);
  return "fer-train ended with code " + std::to_string(end.code);
}

}  // namespace

SweepSession::SweepSession(const SweepPlan& plan, const SweepFolder& folder, std::size_t parallel)
    : plan_(plan),
      folder_(folder),
      parallel_(parallel),
      results_(plan.runs.size()),
      takes_part_(plan.trials.size(), true) {}

void SweepSession::run() {
  if (!plan_.sweep.halving) {
    train(std::nullopt);
    return;
  }
  const std::vector<Rung> rungs = rungsOf(*plan_.sweep.halving, plan_.trials.size());
  for (std::size_t i = 0; i < rungs.size() && interruptSignal() == 0; ++i) {
    if (i > 0) keep(rungs[i].trials);
    const auto left = static_cast<std::size_t>(std::count(takes_part_.begin(), takes_part_.end(), true));
    std::cout << "rung " << i + 1 << " of " << rungs.size() << ": " << rungText({rungs[i].epochs, left}) << std::endl;
    const bool last = i + 1 == rungs.size();
    train(last ? std::nullopt : std::optional(rungs[i].epochs));
  }
}

/// All trials that take part, until so many epochs are done (unset: to the end).
void SweepSession::train(std::optional<int> until) {
  std::vector<std::size_t> wanted;
  std::vector<CommandLine> commands;
  for (std::size_t i = 0; i < plan_.runs.size(); ++i) {
    const PlannedRun& run = plan_.runs[i];
    if (!takes_part_[run.trial]) continue;
    results_[i] = {};
    const auto path = folder_.run(run.name);
    if (hasReached(path, until)) {
      settle(i, until);
      continue;
    }
    wanted.push_back(i);
    commands.push_back(trainCommand(plan_, run, folder_.base(), path, until, canResume(path)));
  }
  wanted_ = wanted.size();
  done_ = 0;
  runSideBySide(commands, parallel_, interruptSignal,
                [&](std::size_t index, const Ended& end) { ended(wanted[index], until, end); });
  writeLeaderboard();
}

void SweepSession::ended(std::size_t run, std::optional<int> until, const Ended& end) {
  if (end.code != 0 && interruptSignal() != 0) return;  // it was told to stop
  ++done_;
  if (end.code == 0)
    settle(run, until);
  else
    results_[run].error = errorText(end);
  tell(run);
  writeLeaderboard();
}

void SweepSession::settle(std::size_t run, std::optional<int> until) {
  try {
    results_[run].score = scoreOfRun(folder_.run(plan_.runs[run].name), until, plan_.sweep.monitor);
  } catch (const Error& error) {
    results_[run].error = error.what();
  }
}

void SweepSession::tell(std::size_t run) const {
  constexpr int kDigits = 4;
  const PlannedRun& planned = plan_.runs[run];
  const Result& result = results_[run];
  std::cout << "[" << done_ << "/" << wanted_ << "] " << planned.name << "  " << valuesText(plan_.trials[planned.trial])
            << ": ";
  if (result.score)
    std::cout << "val_loss " << fixed(result.score->loss, kDigits) << ", val_accuracy "
              << fixed(result.score->accuracy, kDigits) << " (" << result.score->epochs
              << (result.score->epochs == 1 ? " epoch)" : " epochs)");
  else
    std::cout << "failed: " << result.error;
  std::cout << std::endl;
}

/// The best go on. All have been trained as far as each other; and since the best epoch so far can only get better, who
/// goes on stays above who does not.
void SweepSession::keep(std::size_t trials) {
  std::vector<Standing> left;
  for (std::size_t i = 0; i < plan_.trials.size(); ++i)
    if (takes_part_[i]) left.push_back(standingOf(i));
  left = ranked(std::move(left), plan_.sweep.monitor);
  for (std::size_t i = 0; i < left.size(); ++i)
    takes_part_[left[i].trial] = i < trials && left[i].state == Standing::State::kFinished;
}

Standing SweepSession::standingOf(std::size_t trial) const {
  using State = Standing::State;
  Standing standing{trial, takes_part_[trial] ? State::kFinished : State::kCut, {}, ""};
  for (std::size_t i = 0; i < plan_.runs.size(); ++i) {
    if (plan_.runs[i].trial != trial) continue;
    const Result& result = results_[i];
    if (result.score)
      standing.scores.push_back(*result.score);
    else if (!result.error.empty() && standing.error.empty())
      standing.error =
          (plan_.sweep.seeds.empty() ? "" : "seed " + std::to_string(*plan_.runs[i].seed) + ": ") + result.error;
    else if (result.error.empty())
      standing.state = State::kUnfinished;
  }
  if (!standing.error.empty()) standing.state = State::kFailed;
  return standing;
}

std::vector<Standing> SweepSession::standings() const {
  std::vector<Standing> all;
  for (std::size_t i = 0; i < plan_.trials.size(); ++i) all.push_back(standingOf(i));
  return ranked(std::move(all), plan_.sweep.monitor);
}

void SweepSession::writeLeaderboard() const {
  writeFile(folder_.leaderboard(), leaderboardCsv(plan_.trials, standings(), plan_.sweep.monitor));
}

}  // namespace fer::app
