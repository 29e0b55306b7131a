#include "train/hooks/run_files.hpp"

#include <filesystem>

#include "fer/core/files/files.hpp"
#include "fer/train/metrics_csv.hpp"

namespace fer::train {
namespace {

class KeepCheckpoints : public Hook {
 public:
  KeepCheckpoints(const Checkpoints& checkpoints, const Hooks& hooks, int epochs, int every)
      : checkpoints_(checkpoints), hooks_(hooks), epochs_(epochs), every_(every) {}

  void trainBegin(const TrainingState& state) override {
    const bool fresh = state.epoch == 0 && state.step == 0;
    checkpoints_.requireSpace(fresh);
    if (fresh) checkpoints_.saveLast(state, hooks_);  // a run can be resumed from its first moment on
  }

  void epochDone(const TrainingState& state) override {
    if (state.stop || state.epoch == epochs_ || state.epoch % every_ == 0) checkpoints_.saveLast(state, hooks_);
  }

  void paused(const TrainingState& state) override { checkpoints_.saveLast(state, hooks_); }
  void trainEnd(const TrainingState& state) override { checkpoints_.saveModel("final", weightsEpoch(state)); }

 private:
  const Checkpoints& checkpoints_;
  const Hooks& hooks_;
  int epochs_;
  int every_;
};

class EpochTables : public Hook {
 public:
  explicit EpochTables(RunDirectory run) : run_(std::move(run)) {}

  /// What a killed training left may say more, or less.
  void trainBegin(const TrainingState& state) override {
    if (!state.rows.empty() || std::filesystem::exists(run_.metrics())) epochDone(state);
  }

  void epochDone(const TrainingState& state) override {
    writeFile(run_.metrics(), metricsCsv(state.rows));
    writeFile(run_.timing(), timingCsv(state.timing));
  }

 private:
  RunDirectory run_;
};

}  // namespace

std::unique_ptr<Hook> keepCheckpoints(const Checkpoints& checkpoints, const Hooks& hooks, int epochs, int every) {
  return std::make_unique<KeepCheckpoints>(checkpoints, hooks, epochs, every);
}

std::unique_ptr<Hook> epochTables(const RunDirectory& run) {
  return std::make_unique<EpochTables>(run);
}

}  // namespace fer::train
