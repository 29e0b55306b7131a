#include "fer/app/train_run.hpp"
#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/folders.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;

/// A run's own config has the run's name.
fs::path nameOf(const fs::path& config) {
  return config.filename() == "config.json" ? wholePath(config).parent_path().filename() : config.stem();
}

}  // namespace

TrainRequest newTraining(const std::string& config, const std::optional<std::string>& data,
                         const std::vector<std::string>& assignments) {
  const fs::path file = findConfig(config);
  TrainRequest request;
  request.loaded = train::loadExperiment(file, data, assignments);
  request.out = fs::path("experiments") / nameOf(file);
  return request;
}

TrainRequest resumedTraining(const std::string& run, const std::optional<std::string>& data,
                             const std::vector<std::string>& assignments) {
  TrainRequest request;
  request.resumed = RunDirectory::open(run);
  train::Experiment& experiment = request.loaded.experiment;
  experiment = train::readExperiment(request.resumed->config());
  const KeyTable table = train::keysOf(experiment);
  for (const std::string& assignment : assignments) {
    if (!assignment.starts_with("train.epochs=") && !assignment.starts_with("machine."))
      throw usageError("--set " + assignment +
                       ": a resume may change train.epochs and machine.* only. Start a new run for the rest.");
    applyAssignment(table, assignment);
  }
  request.loaded.data_source = "the run's config";
  if (data) {
    experiment.data.path = *data;
    request.loaded.data_source = "--data";
  }
  return request;
}

}  // namespace fer::app
