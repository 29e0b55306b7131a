#include <torch/utils.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/text/json.hpp"
#include "train/loop.hpp"

namespace fer::train {
namespace {

using nlohmann::json;

constexpr const char* kStateKey = "fer_training";

std::string conditionsText(const nn::ComputeConditions& conditions) {
  return conditions.device + " (" + conditions.processor + ", " + std::to_string(conditions.threads) + " threads, " +
         conditions.precision + ", " + conditions.kernels + " kernels, LibTorch " + conditions.libtorch + ")";
}

void requireSame(const std::string& origin, const std::string& what, const std::string& saved, const std::string& now) {
  if (saved != now)
    throw dataError(origin + ": is of another " + what + " (" + saved + ") than this run (" + now + ")");
}

}  // namespace

nn::CheckpointDescription TrainingLoop::description(int epoch) const {
  data::Preprocess preprocess = experiment_.preprocess;
  preprocess.input = data_.dataset.shape();
  return {specOf(experiment_, data_), preprocess, context_.run.name(), data_.data_hash, epoch,
          experimentText(experiment_)};
}

/// Of the weights that the network has now.
int TrainingLoop::weightsEpoch() const {
  if (state_.restored) return *state_.restored;
  return state_.step > 0 ? state_.epoch : std::max(0, state_.epoch - 1);
}

void TrainingLoop::saveModel(const std::string& which, int epoch) const {
  nn::writeTensors(context_.run.checkpoint(which), nn::packModel(*network_, description(epoch)));
}

void TrainingLoop::saveLast() const {
  nn::TensorFile file = nn::packModel(*network_, description(weightsEpoch()));
  optimiser_->save(file);
  TrainingState state = state_;
  state.optimiser_steps = optimiser_->steps();
  json value = toJson(state);
  for (const auto& callback : callbacks_) callback->save(value["callbacks"][callback->name()], file);
  file.metadata[kStateKey] = value.dump();
  nn::writeTensors(context_.run.checkpoint("last"), file);
}

void TrainingLoop::resume(bool allow_inexact) {
  const std::string origin = context_.run.checkpoint("last").string();
  const nn::TensorFile file = nn::readTensors(origin);
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
  if (static_cast<std::size_t>(state.step) > stepsPerEpoch())
    throw dataError(origin + ": stands at step " + std::to_string(state.step) + " of an epoch of " +
                    std::to_string(stepsPerEpoch()) + " steps");
  if (state.epoch > experiment_.train.epochs)
    throw usageError("train.epochs: " + std::to_string(experiment_.train.epochs) + ", but the run has finished " +
                     std::to_string(state.epoch) + " epochs already. Give as many or more.");
  if (state.conditions != state_.conditions && !allow_inexact)
    throw usageError("the run was trained on " + conditionsText(state.conditions) + " and would go on on " +
                     conditionsText(state_.conditions) +
                     ": not bit for bit the same. Give the same --threads and --device, or --allow-inexact.");
  nn::copyWeights(file, *network_, origin);
  const torch::NoGradGuard no_grad;
  state_.epoch = state.epoch;
  state_.step = state.step;
  openLayers();
  optimiser_->restore(file, state.optimiser_steps, origin);
  try {
    const json& kept = value.at("callbacks");
    for (const auto& callback : callbacks_)  // one that the run did not know yet begins afresh
      if (kept.contains(callback->name())) callback->restore(kept.at(callback->name()), file);
  } catch (const json::exception& error) {
    throw dataError(origin + ": the training state is damaged (" + error.what() + "). Use another checkpoint.");
  } catch (const Error& error) {
    throw dataError(origin + ": " + error.what());
  }
  state.conditions = state_.conditions;
  state_ = std::move(state);
}

}  // namespace fer::train
