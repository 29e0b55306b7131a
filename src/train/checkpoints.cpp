#include "train/checkpoints.hpp"

#include <torch/utils.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "fer/train/trainer.hpp"

namespace fer::train {
namespace {

using nlohmann::json;

constexpr const char* kStateKey = "fer_training";
constexpr const char* kHooksKey = "callbacks";  ///< as the first runs called them

void requireSame(const std::string& origin, const std::string& what, const std::string& saved, const std::string& now) {
  if (saved != now)
    throw dataError(origin + ": is of another " + what + " (" + saved + ") than this run (" + now + ")");
}

}  // namespace

int weightsEpoch(const TrainingState& state) {
  if (state.restored) return *state.restored;
  return state.step > 0 ? state.epoch : std::max(0, state.epoch - 1);
}

Checkpoints::Checkpoints(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                         Optimiser& optimiser, RunDirectory run)
    : experiment_(experiment), data_(data), network_(network), optimiser_(optimiser), run_(std::move(run)) {}

void Checkpoints::requireSpace(bool fresh) const {
  const bool restored = experiment_.train.early_stopping.enabled && experiment_.train.early_stopping.restore_best;
  const bool averaged = experiment_.train.ema.decay > 0 || experiment_.train.swa.start > 0;
  const bool slow = experiment_.train.lookahead.steps > 0;
  std::uintmax_t model = 0;
  std::uintmax_t last = 0;
  for (const auto& [name, tensor] : nn::namedState(network_)) {
    const std::uintmax_t bytes = tensor.nbytes();
    model += bytes;
    last += bytes * (1 + (restored ? 1 : 0) + (averaged ? 1 : 0) + (slow ? 1 : 0) + (tensor.requires_grad() ? 2 : 0));
  }
  requireFreeSpace(run_.path(), fresh ? 2 * last + 3 * model : last + 2 * model,
                   "Free some, or train elsewhere (--out). A smaller last.safetensors: "
                   "--set train.early_stopping.restore_best=false.");
}

nn::CheckpointDescription Checkpoints::description(int epoch) const {
  data::Preprocess preprocess = experiment_.preprocess;
  preprocess.input = data_.dataset.shape();
  return {specOf(experiment_, data_), preprocess, run_.name(), data_.data_hash, epoch, experimentText(experiment_)};
}

void Checkpoints::saveModel(const std::string& which, int epoch) const {
  nn::writeTensors(run_.checkpoint(which), nn::packModel(network_, description(epoch)));
}

void Checkpoints::saveLast(const TrainingState& state, const Hooks& hooks) const {
  nn::TensorFile file = nn::packModel(network_, description(weightsEpoch(state)));
  optimiser_.save(file);
  TrainingState now = state;
  now.optimiser_steps = optimiser_.steps();
  json value = toJson(now);
  for (const auto& hook : hooks)
    if (!hook->name().empty()) hook->save(value[kHooksKey][hook->name()], file);
  file.metadata[kStateKey] = value.dump();
  nn::writeTensors(run_.checkpoint("last"), file);
}

Checkpoints::Last Checkpoints::readLast(std::size_t steps_per_epoch) const {
  const std::string origin = run_.checkpoint("last").string();
  nn::TensorFile file = nn::readTensors(origin);
  if (!file.notes.empty())
    throw dataError(origin + ": other numbers than float32 (" + file.notes.front() +
                    "): a training goes on from its own state only. To start from these weights use --init.");
  const nn::CheckpointDescription saved = nn::readDescription(file, origin);
  requireSame(origin, "model", saved.spec.name, experiment_.model.name);
  requireSame(origin, "dataset", saved.data_hash, data_.data_hash);
  const auto text = file.metadata.find(kStateKey);
  if (text == file.metadata.end()) throw dataError(origin + ": holds no training state; only last.safetensors does");
  const json value = parseJson(text->second, origin + " (training state)", Fault::kData);
  TrainingState state = stateFromJson(value, origin);
  if (static_cast<std::size_t>(state.step) > steps_per_epoch)
    throw dataError(origin + ": stands at step " + std::to_string(state.step) + " of an epoch of " +
                    std::to_string(steps_per_epoch) + " steps");
  const auto hooks = value.find(kHooksKey);
  if (hooks == value.end() || !hooks->is_object())
    throw dataError(origin + ": the training state is damaged (" + kHooksKey + " is missing). Use another checkpoint.");
  return {origin, std::move(file), std::move(state), *hooks};
}

void Checkpoints::restore(const Last& last, const Hooks& hooks) const {
  const torch::NoGradGuard no_grad;
  nn::copyWeights(last.file, network_, last.origin);
  optimiser_.restore(last.file, last.state.optimiser_steps, last.origin);
  try {
    for (const auto& hook : hooks)  // one that the run did not know yet begins afresh
      if (!hook->name().empty() && last.hooks.contains(hook->name()))
        hook->restore(last.hooks.at(hook->name()), last.file);
  } catch (const json::exception& error) {
    throw dataError(last.origin + ": the training state is damaged (" + error.what() + "). Use another checkpoint.");
  } catch (const Error& error) {
    throw dataError(last.origin + ": " + error.what());
  }
}

}  // namespace fer::train
