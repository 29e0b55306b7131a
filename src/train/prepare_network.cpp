#include <algorithm>
#include <optional>

#include "fer/core/error.hpp"
#include "fer/graph/cost.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/trainer.hpp"
#include "train/batch/progressive.hpp"
#include "train/optim/unfreezing.hpp"

namespace fer::train {
namespace {

/// Of the last batch of an epoch, too, every process wants an image.
void requireImagesForAll(const TrainOptions& train, const data::TrainingData& data, int processes) {
  const auto batch = static_cast<std::size_t>(train.batch_size);
  const std::size_t left = train.drop_last ? 0 : data.train.size() % batch;
  const std::size_t least = left == 0 ? batch : std::min(batch, left);
  if (least < static_cast<std::size_t>(processes))
    throw usageError("train.batch_size: a batch of " + std::to_string(least) + " images does not do for " +
                     std::to_string(processes) + " processes, which share every batch. Choose a larger batch" +
                     (left == 0 ? "." : ", or train.drop_last=true."));
}

/// What a network's weights count, trained on such images; none where they are too small for it.
std::optional<std::int64_t> weightsFor(graph::ModelSpec spec, ImageShape input) {
  spec.input = input;
  try {
    return graph::costOf(graph::makeGraph(spec)).parameters;
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Images of another size to train on must fit the weights: they do where the maps are pooled to a vector, or resized
/// first.
void requireSizeFits(const graph::ModelSpec& spec, ImageShape trained, const std::string& key) {
  if (trained == spec.input) return;
  const std::optional<std::int64_t> whole = weightsFor(spec, spec.input);
  const std::optional<std::int64_t> part = weightsFor(spec, trained);
  if (whole && !part)
    throw usageError(key + ": " + std::to_string(trained.height) + " pixels are too few for " + spec.name +
                     ". Choose more, or leave the key out.");
  if (whole != part)
    throw usageError(key + ": " + spec.name + " takes images of " + std::to_string(spec.input.height) + " x " +
                     std::to_string(spec.input.width) +
                     " alone: its dense layers have a weight for each place of the maps. Choose a model that takes "
                     "the mean of each map, as compact does, or leave the key out.");
}

/// The sizes at which images are trained on.
void requireSizesFit(const Experiment& experiment, const graph::ModelSpec& spec) {
  requireSizeFits(spec, data::augmentedShape(experiment.augment, spec.input), "augment.crop");
  for (const SideFrom& from : parseProgressive(experiment.train.progressive, "config"))
    requireSizeFits(spec, {spec.input.channels, from.side, from.side}, "train.progressive");
}

}  // namespace

graph::ModelSpec specOf(const Experiment& experiment, const data::TrainingData& data) {
  return {experiment.model.name, data.dataset.shape(), data.dataset.classes(), experiment.model.input,
          experiment.model.architecture};
}

std::shared_ptr<nn::Network> prepareNetwork(const Experiment& experiment, const data::TrainingData& data,
                                            int processes) {
  if (stepsPerEpoch(experiment.train, data) == 0)
    throw usageError("train.batch_size: " + std::to_string(experiment.train.batch_size) + " is more than the " +
                     std::to_string(data.train.size()) + " training images. Choose a smaller batch.");
  requireImagesForAll(experiment.train, data, processes);
  const graph::ModelSpec spec = specOf(experiment, data);
  requireSizesFit(experiment, spec);
  auto network = nn::makeModel(spec, nn::kernelsFrom(experiment.machine.kernels));
  Unfreezing(experiment.model, experiment.train, *network).apply(*network, 0);
  return network;
}

}  // namespace fer::train
