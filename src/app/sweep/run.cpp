#include <algorithm>
#include <iostream>

#include "app/sweep/dry_run.hpp"
#include "app/sweep/session.hpp"
#include "app/sweep/trial_text.hpp"
#include "fer/app/sweep.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/shell_path.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

SweepFolder newFolder(const SweepRequest& request, const SweepPlan& plan) {
  SweepFolder folder =
      SweepFolder::create(request.out.empty() ? fs::path("experiments") / request.file.stem() : request.out);
  writeFile(folder.base(), plan.base);
  writeFile(folder.file(), plan.text);
  return folder;
}

std::string shown(const fs::path& path) {
  return shellPath(shortPath(path));
}

/// The winner, and what is done with it next.
void conclude(const SweepPlan& plan, const SweepFolder& folder, const Standing& best) {
  const auto run =
      std::find_if(plan.runs.begin(), plan.runs.end(), [&](const PlannedRun& one) { return one.trial == best.trial; });
  std::cout << "the best: " << valuesText(plan.trials[best.trial])
            << "\nscore it on the test split, once: fer-eval --run " << shown(folder.run(run->name)) << std::endl;
}

/// Those cut off are no result: what was to go on from them has failed.
void requireFinished(const std::vector<Standing>& standings, const SweepFolder& folder) {
  using State = Standing::State;
  if (standings.front().state == State::kFinished) return;
  const auto failed =
      std::find_if(standings.begin(), standings.end(), [](const Standing& one) { return one.state == State::kFailed; });
  throw Error(Fault::kOther, folder.path().string() + ": no run came to its end" +
                                 (failed == standings.end() ? "" : "; the first that failed: " + failed->error));
}

int train(const SweepPlan& plan, const SweepFolder& folder, int parallel, const std::string& self) {
  constexpr int kBySignal = 128;
  watchInterrupts();
  std::cout << "sweep: " << folder.path().string() << ", " << plan.runs.size() << " runs" << std::endl;
  SweepSession session(plan, folder, static_cast<std::size_t>(parallel));
  session.run();
  const std::vector<Standing> standings = session.standings();
  std::cout << leaderboardText(plan.trials, standings, plan.sweep.monitor);
  if (interruptSignal() != 0) {
    std::cout << "interrupted, the runs are saved; go on with: " << shellPath(self) << " --resume "
              << shown(folder.path()) << std::endl;
    return kBySignal + interruptSignal();
  }
  requireFinished(standings, folder);
  conclude(plan, folder, standings.front());
  return 0;
}

}  // namespace

int runSweep(const SweepRequest& request, const std::string& self) {
  if (!request.resumed.empty()) {
    const SweepFolder folder = SweepFolder::open(request.resumed);
    return train(savedPlan(folder.file(), folder.base()), folder, request.parallel, self);
  }
  const SweepPlan plan = newPlan(request);
  if (request.dry_run) {
    std::cout << dryRunText(plan, request.parallel);
    return 0;
  }
  const SweepFolder folder = newFolder(request, plan);
  return train(plan, folder, request.parallel, self);
}

}  // namespace fer::app
