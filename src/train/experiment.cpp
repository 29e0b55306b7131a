#include "fer/train/experiment.hpp"

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/text/json.hpp"
#include "fer/data/protocol.hpp"
#include "fer/train/hooks/improvement.hpp"

namespace fer::train {
namespace {

/// A value watched, as some options have it.
struct Watched {
  std::string group;  ///< "train.checkpoint"
  const std::string& monitor;
  std::string& mode;
};

std::array<Watched, 3> watchedBy(TrainOptions& train) {
  return {{{"train.early_stopping", train.early_stopping.monitor, train.early_stopping.mode},
           {"train.reduce_lr", train.reduce_lr.monitor, train.reduce_lr.mode},
           {"train.checkpoint", train.checkpoint.monitor, train.checkpoint.mode}}};
}

std::string modeFor(const std::string& monitor) {
  return betterOf("auto", monitor) == Better::kLower ? "min" : "max";
}

/// The input's keys are data's.
void settleInput(Experiment& experiment) {
  experiment.preprocess.input = experiment.data.shape;
}

/// So that a run's config says what was meant, whatever "auto" will mean one day.
void settleModes(Experiment& experiment) {
  for (const Watched& watched : watchedBy(experiment.train))
    if (watched.mode == "auto") watched.mode = modeFor(watched.monitor);
}

/// Nobody wants the epoch of the highest loss.
void refuseContradictions(Experiment& experiment, const std::string& origin) {
  for (const Watched& watched : watchedBy(experiment.train)) {
    const std::string meant = modeFor(watched.monitor);
    if (watched.mode != meant)
      throw usageError(origin + ": " + watched.group + ".mode: " + watched.mode + " contradicts " + watched.group +
                       ".monitor, which is " + watched.monitor + ": that is better the " +
                       (meant == "min" ? "lower" : "higher") + " it is. Leave the mode out, or make it " + meant + ".");
  }
  if (!data::protocolNamed(experiment.data.protocol).held_out &&
      (experiment.train.early_stopping.enabled || experiment.train.reduce_lr.enabled))
    throw usageError(origin + ": data.protocol: " + experiment.data.protocol +
                     " trains on the validation rows, so that nothing may follow them. Set "
                     "train.early_stopping.enabled and train.reduce_lr.enabled to false.");
  if (experiment.train.loss.votes > 0 && (experiment.data.ferplus.empty() || experiment.data.targets != "hard"))
    throw usageError(origin +
                     ": train.loss.votes: it blends FER+'s votes with the dataset's own labels. Name their "
                     "file with data.ferplus, and leave data.targets at hard.");
}

/// Who is to blame where keys do not go together: the file where they do not in it alone, else what was set over it.
std::string originOf(const Experiment& before, const std::optional<std::filesystem::path>& file) {
  if (!file) return "the command line";
  try {
    validate(before, "");
    return "--set";
  } catch (const Error&) {
    return file->string();
  }
}

}  // namespace

KeyTable keysOf(Experiment& experiment) {
  KeyTable table;
  describe(experiment.model, table);
  describe(experiment.data, table);
  describe(experiment.augment, table);
  describe(experiment.preprocess, table);
  describe(experiment.train, table);
  describe(experiment.machine, table);
  return table;
}

std::vector<std::string*> pathsOf(Experiment& experiment) {
  std::vector<std::string*> paths{&experiment.data.path, &experiment.data.ferplus, &experiment.train.distill.stored};
  for (std::string& teacher : experiment.train.distill.teachers) paths.push_back(&teacher);
  return paths;
}

void makePathsAbsolute(Experiment& experiment) {
  for (std::string* path : pathsOf(experiment))
    if (!path->empty()) *path = std::filesystem::absolute(*path).lexically_normal().string();
}

LoadedExperiment loadExperiment(const std::optional<std::filesystem::path>& file,
                                const std::optional<std::string>& data, const std::vector<std::string>& assignments) {
  LoadedExperiment loaded;
  Experiment& experiment = loaded.experiment;
  const KeyTable table = keysOf(experiment);
  const std::string default_path = experiment.data.path;
  experiment.data.path.clear();
  if (file) applyConfigFile(table, *file);
  const char* environment = std::getenv("FER2013_CSV");
  if (!experiment.data.path.empty()) {
    loaded.data_source = "the config";
  } else if (environment != nullptr && *environment != '\0') {
    experiment.data.path = environment;
    loaded.data_source = "FER2013_CSV";
  } else {
    experiment.data.path = default_path;
    loaded.data_source = "the default";
  }
  const std::string before = experiment.data.path;
  const Experiment before_assignments = experiment;
  for (const std::string& assignment : assignments) applyAssignment(table, assignment);
  if (experiment.data.path != before) loaded.data_source = "--set";
  if (data) {
    experiment.data.path = *data;
    loaded.data_source = "--data";
  }
  const std::string origin = originOf(before_assignments, file);
  validate(experiment, origin);
  settleModes(experiment);
  settleInput(experiment);
  refuseContradictions(experiment, origin);
  return loaded;
}

std::string experimentText(const Experiment& experiment) {
  Experiment copy = experiment;
  nlohmann::ordered_json root = {{"schema", kConfigSchema}};
  root.update(configJson(keysOf(copy)));
  return root.dump(2) + "\n";
}

Experiment readExperiment(const std::filesystem::path& file) {
  constexpr std::size_t kLargestConfig = 1 << 20;
  return parseExperiment(readFile(file, Fault::kData, kLargestConfig), file.string());
}

Experiment parseExperiment(std::string_view text, const std::string& origin) {
  nlohmann::json root = parseJson(text, origin, Fault::kData);
  if (!root.is_object() || !root.contains("schema"))
    throw dataError(origin + ": not a run's config: it holds no schema number");
  Experiment experiment;
  try {
    takeSchema(root, origin);
    applyConfig(keysOf(experiment), root, origin);
    validate(experiment, origin);
  } catch (const Error& error) {
    throw dataError(error.what());
  }
  settleModes(experiment);
  settleInput(experiment);
  return experiment;
}

void validate(const Experiment& experiment, const std::string& origin) {
  data::validate(experiment.data, origin);
  data::validate(experiment.augment, origin);
  validate(experiment.train, origin);
}

}  // namespace fer::train
