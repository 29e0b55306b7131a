#include "fer/train/trainer.hpp"

#include "fer/core/error.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/batch/batches.hpp"
#include "train/loop.hpp"
#include "train/optim/unfreezing.hpp"

namespace fer::train {

graph::ModelSpec specOf(const Experiment& experiment, const data::TrainingData& data) {
  return {experiment.model.name, data.dataset.shape(), data.dataset.classes(), experiment.model.input};
}

std::shared_ptr<nn::Network> prepareNetwork(const Experiment& experiment, const data::TrainingData& data) {
  const auto batch = static_cast<std::size_t>(experiment.train.batch_size);
  if (batchCount(data.train.size(), batch, experiment.train.drop_last) == 0)
    throw usageError("train.batch_size: " + std::to_string(batch) + " is more than the " +
                     std::to_string(data.train.size()) + " training images. Choose a smaller batch.");
  auto network = nn::makeModel(specOf(experiment, data), nn::kernelsFrom(experiment.machine.kernels));
  Unfreezing(experiment.model, experiment.train, *network).apply(*network, 0);
  return network;
}

Trainer::Trainer(const Experiment& experiment, const data::TrainingData& data, std::shared_ptr<nn::Network> network,
                 const TrainerContext& context, Log& log)
    : loop_(std::make_unique<TrainingLoop>(experiment, data, std::move(network), context, log)) {}

Trainer::~Trainer() = default;

void Trainer::resume(bool allow_inexact) {
  loop_->resume(allow_inexact);
}

Trainer::Ending Trainer::run(const std::function<bool()>& interrupted,
                             const std::function<void(const TrainingState&)>& epoch_ended, std::optional<int> until) {
  return loop_->run(interrupted, epoch_ended, until);
}

const TrainingState& Trainer::state() const {
  return loop_->state();
}

}  // namespace fer::train
