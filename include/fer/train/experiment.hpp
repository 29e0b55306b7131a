#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fer/core/config/key_table.hpp"
#include "fer/data/options.hpp"
#include "fer/data/preprocess.hpp"
#include "fer/graph/models/options.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// Everything that decides a run: the whole config.
struct Experiment {
  graph::ModelOptions model;
  data::DataOptions data;
  data::AugmentOptions augment;
  data::Preprocess preprocess;  ///< its input is data.shape where a config was read
  TrainOptions train;
  MachineOptions machine;
};

/// The table of all keys, over `experiment`.
KeyTable keysOf(Experiment& experiment);

/// Where the path of the data was set, for the log.
struct LoadedExperiment {
  Experiment experiment;
  std::string data_source;  ///< "the config", "FER2013_CSV", "--data", "the default"
};

/// Defaults, then the file with its bases, then FER2013_CSV where no file names the data, then `data` and the
/// assignments "key=value". Throws Error (usage).
LoadedExperiment loadExperiment(const std::optional<std::filesystem::path>& file,
                                const std::optional<std::string>& data, const std::vector<std::string>& assignments);

/// The resolved config with its schema number, as a run keeps it.
std::string experimentText(const Experiment& experiment);

/// The files and folders that a training reads whenever it goes on: data, votes, teachers.
std::vector<std::string*> pathsOf(Experiment& experiment);

/// Makes these absolute, so that they hold in every folder.
void makePathsAbsolute(Experiment& experiment);

/// A run's config.json. Throws Error (bad data) where it is damaged or written by a newer fer.
Experiment readExperiment(const std::filesystem::path& file);
/// The same of its text. `origin` is the file's path, for messages.
Experiment parseExperiment(std::string_view text, const std::string& origin);

/// Checks that no single key can express. Throws Error (usage).
void validate(const Experiment& experiment, const std::string& origin);

}  // namespace fer::train
