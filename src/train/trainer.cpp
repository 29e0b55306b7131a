#include "fer/train/trainer.hpp"

#include <ATen/Context.h>

#include <utility>

#include "fer/core/error.hpp"
#include "fer/data/protocol.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/nn/network.hpp"
#include "fer/nn/out_of_memory.hpp"
#include "fer/train/batch/batches.hpp"
#include "train/checkpoints.hpp"
#include "train/hooks/average_weights.hpp"
#include "train/hooks/console.hpp"
#include "train/hooks/lookahead.hpp"
#include "train/hooks/monitor_hooks.hpp"
#include "train/hooks/open_layers.hpp"
#include "train/hooks/run_files.hpp"
#include "train/loop.hpp"
#include "train/optim/unfreezing.hpp"
#include "train/pipeline.hpp"

namespace fer::train {
namespace {

constexpr const char* kLessMemory =
    "Stop other programs that use it, start with a smaller train.batch_size, or train with --device cpu.";

std::string conditionsText(const nn::ComputeConditions& conditions) {
  return conditions.device + " (" + conditions.processor + ", " + std::to_string(conditions.threads) + " threads, " +
         (conditions.processes == 1 ? "" : std::to_string(conditions.processes) + " processes, ") +
         conditions.precision + ", " + conditions.kernels + " kernels, LibTorch " + conditions.libtorch + ")";
}

/// Tells somebody of every epoch.
class Listener : public Hook {
 public:
  explicit Listener(const std::function<void(const TrainingState&)>& told) : told_(told) {}
  void epochDone(const TrainingState& state) override {
    if (told_) told_(state);
  }

 private:
  const std::function<void(const TrainingState&)>& told_;
};

}  // namespace

struct Trainer::Parts {
  const Experiment& experiment;
  const data::TrainingData& data;
  std::shared_ptr<nn::Network> network;
  TrainerContext context;
  Log& log;
  Optimiser optimiser;
  Checkpoints checkpoints;
  TrainingState state{};
  Hooks hooks{};
  std::function<void(const TrainingState&)> epoch_ended{};  ///< who called run()
  OpenLayers* layers = nullptr;                             ///< one of the hooks

  Parts(const Experiment& of, const data::TrainingData& over, std::shared_ptr<nn::Network> trained,
        const TrainerContext& where, Log& lines)
      : experiment(of),
        data(over),
        network(std::move(trained)),
        context(where),
        log(lines),
        optimiser({}, of.train.optimiser, where.compute.precision),
        checkpoints(of, over, *network, optimiser, where.run) {
    addHooks();
    layers->open(*network, 0);
    state.lr = of.train.optimiser.lr;
    state.conditions =
        nn::computeConditions(where.compute.device, where.threads, where.compute.precision, network->kernels());
    if (where.group != nullptr) state.conditions.processes = where.group->size();
  }

  std::size_t stepsPerEpoch() const { return train::stepsPerEpoch(experiment.train, data); }

  /// In the order in which they hear of an event: an average lends its weights before anybody keeps them, and those who
  /// write come last.
  void addHooks() {
    const TrainOptions& train = experiment.train;
    const int threads = context.compute.device.is_cpu() ? context.threads : 1;
    auto open =
        std::make_unique<OpenLayers>(Unfreezing(experiment.model, train, *network), optimiser, stepsPerEpoch(), log);
    layers = open.get();
    hooks.push_back(std::move(open));
    if (train.lookahead.steps > 0) hooks.push_back(lookahead(train.lookahead));
    if (train.ema.decay > 0) hooks.push_back(averageWeights(train.ema));
    if (train.swa.start > 0) hooks.push_back(averageWeights(train.swa, stepsPerEpoch()));
    const bool writes = context.group == nullptr || context.group->rank() == 0;
    hooks.push_back(progressBar(log, context.terminal, train.epochs, imagesPerEpoch(train, data), threads));
    const auto keep = [this, writes](int epoch) {
      if (writes) checkpoints.saveModel("best", epoch);
    };
    const bool chosen = data::protocolNamed(experiment.data.protocol).held_out;
    hooks.push_back(chosen ? bestCheckpoint(train.checkpoint, keep) : latestCheckpoint(keep));
    if (train.early_stopping.enabled) hooks.push_back(earlyStopping(train.early_stopping));
    if (train.reduce_lr.enabled) hooks.push_back(reduceLrOnPlateau(train.reduce_lr));
    if (writes) hooks.push_back(keepCheckpoints(checkpoints, hooks, train.epochs, train.checkpoint.every));
    hooks.push_back(epochLines(log, train.epochs));
    if (writes) hooks.push_back(epochTables(context.run));
    hooks.push_back(std::make_unique<Listener>(epoch_ended));
  }
};

Trainer::Trainer(const Experiment& experiment, const data::TrainingData& data, std::shared_ptr<nn::Network> network,
                 const TrainerContext& context, Log& log) {
  const c10::Device device = context.compute.device;
  nn::needingMemory(device, kLessMemory, [&] { nn::useFastLayout(*network, device); });
  nn::allowTf32(context.compute.precision);
  network->position()->seed = experiment.train.seed;
  at::globalContext().setDeterministicAlgorithms(experiment.train.deterministic, false);
  at::globalContext().setDeterministicCuDNN(experiment.train.deterministic);
  if (context.group != nullptr && experiment.train.sync_batch_norm)
    network->statistics()->sum = [group = context.group](at::Tensor& numbers) { group->sum(numbers); };
  parts_ = std::make_unique<Parts>(experiment, data, std::move(network), context, log);
}

Trainer::~Trainer() = default;

void Trainer::resume(bool allow_inexact) {
  Parts& parts = *parts_;
  Checkpoints::Last last = parts.checkpoints.readLast(parts.stepsPerEpoch());
  const int epochs = parts.experiment.train.epochs;
  if (last.state.epoch > epochs)
    throw usageError("train.epochs: " + std::to_string(epochs) + ", but the run has finished " +
                     std::to_string(last.state.epoch) + " epochs already. Give as many or more.");
  const nn::ComputeConditions here = parts.state.conditions;
  if (last.state.conditions != here && !allow_inexact)
    throw usageError("the run was trained on " + conditionsText(last.state.conditions) + " and would go on on " +
                     conditionsText(here) +
                     ": not bit for bit the same. Give the same --threads and --device, or --allow-inexact.");
  parts.layers->open(*parts.network, last.state.epoch);
  parts.checkpoints.restore(last, parts.hooks);
  parts.state = std::move(last.state);
  parts.state.conditions = here;
}

Trainer::Ending Trainer::run(const std::function<bool()>& interrupted,
                             const std::function<void(const TrainingState&)>& epoch_ended, std::optional<int> until) {
  Parts& parts = *parts_;
  parts.epoch_ended = epoch_ended;
  Ending ending = Ending::kInterrupted;
  try {
    nn::needingMemory(parts.context.compute.device, kLessMemory, [&] {
      Pipeline pipeline(parts.experiment, parts.data, *parts.network, parts.optimiser, parts.context.compute,
                        parts.context.resident, parts.context.group,
                        [&](const std::string& line) { parts.log.line(line); });
      Loop loop({parts.experiment, parts.data, *parts.network, parts.optimiser, pipeline, parts.hooks, parts.state,
                 parts.context.run.checkpoint("last").string(), parts.context.group});
      ending = loop.run(interrupted, until.value_or(parts.experiment.train.epochs));
    });
  } catch (...) {
    for (const auto& hook : parts.hooks) hook->failed();
    throw;
  }
  return ending;
}

const TrainingState& Trainer::state() const {
  return parts_->state;
}

}  // namespace fer::train
