#include "app/train/prepared.hpp"

#include "app/pictures.hpp"
#include "app/train/processes.hpp"
#include "fer/core/error.hpp"
#include "fer/train/starting_weights.hpp"
#include "fer/train/store_teachers.hpp"
#include "fer/train/trainer.hpp"
#include "fer/train/voted_targets.hpp"

namespace fer::app {
namespace {

/// So that the run's config says who taught it.
void nameStoredTeachers(train::DistillOptions& distill) {
  if (distill.stored.empty()) return;
  const std::vector<std::string> teachers = train::storedTeachers(distill.stored);
  if (!teachers.empty()) distill.teachers = teachers;
}

}  // namespace

Prepared prepare(TrainRequest& request, const train::Launch& launch) {
  train::Experiment& experiment = request.loaded.experiment;
  Prepared prepared;
  shareMachine(experiment.machine, launch);
  prepared.device = nn::chooseDevice(experiment.machine.device);
  prepared.threads = nn::setComputeThreads(experiment.machine.threads);
  experiment.machine.device = prepared.device.str();
  experiment.machine.threads = prepared.threads;
  prepared.precision = nn::choosePrecision(experiment.train.precision, prepared.device);
  experiment.train.precision = nn::nameOf(prepared.precision.precision);
  const data::ClaheOptions& clahe = experiment.augment.clahe;
  const data::Equaliser equalise = clahe.probability > 0 ? equaliser() : data::Equaliser{};
  data::DataOptions options = experiment.data;
  const double votes = experiment.train.loss.votes;
  if (request.resumed && votes == 0 && data::unneededVotesAreGone(options)) options.ferplus.clear();
  prepared.data = data::loadForTraining(options, reading(static_cast<unsigned>(prepared.threads)));
  if (equalise) prepared.data.equalised = data::equalised(prepared.data.dataset, prepared.data.train, clahe, equalise);
  if (votes > 0) train::blendVotes(prepared.data, votes);
  prepared.data.options.ferplus = experiment.data.ferplus;
  experiment.data = prepared.data.options;
  nameStoredTeachers(experiment.train.distill);
  train::makePathsAbsolute(experiment);
  prepared.network = train::prepareNetwork(experiment, prepared.data, launch.size);
  // A run that died before its first checkpoint has nothing to go on from, and begins.
  prepared.begun = request.resumed && hasBegun(*request.resumed);
  if (!prepared.begun) prepared.weights = train::setStartingWeights(experiment, prepared.data, *prepared.network);
  prepared.count = nn::countParameters(*prepared.network);
  if (prepared.count.trainable == 0)
    throw usageError(
        "model.frozen: it holds every layer, which leaves nothing to train. Leave out one layer at least.");
  return prepared;
}

std::string precisionText(const Prepared& prepared) {
  return nn::nameOf(prepared.precision.precision) + " (" + prepared.precision.reason + ")";
}

}  // namespace fer::app
