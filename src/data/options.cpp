#include "fer/data/options.hpp"

#include <cmath>
#include <numeric>
#include <set>

#include "fer/core/error.hpp"
#include "fer/data/protocol.hpp"

namespace fer::data {

void describe(DataOptions& options, KeyTable& table) {
  constexpr double kLargestSide = 4096;
  table.add("data.path", &options.path, "the dataset: a FER-2013-format CSV, or a folder of pictures");
  std::string meaning;
  Choices names;
  for (const Protocol& protocol : protocols()) {
    meaning += std::string(meaning.empty() ? "" : "; ") + protocol.name + ": " + protocol.description;
    names.emplace_back(protocol.name);
  }
  table.addChoice("data.protocol", options.protocol, meaning, names);
  table.add("data.split_seed", &options.split_seed, "seed of the cut into train and validation");
  table.addList("data.fractions", options.fractions, "train, validation and test share of each class; sum 1", 3,
                {0, 1});
  constexpr double kMostFolds = 100;
  table.add("data.folds", &options.folds, "of protocol kfold: how many folds Training is cut into", {2, kMostFolds});
  table.add("data.fold", &options.fold, "of protocol kfold: the fold that validates, 0 to data.folds - 1",
            {0, kMostFolds - 1});
  table.add("data.channels", &options.shape.channels, "colour planes of an image: 1 grey, 3 red-green-blue", {1, 3});
  table.add("data.height", &options.shape.height, "image height in pixels", {1, kLargestSide});
  table.add("data.width", &options.shape.width, "image width in pixels", {1, kLargestSide});
  table.add("data.classes", &options.classes,
            "class names in the order of the labels 0, 1, 2 ...; of a folder, its own");
  table.addChoice("data.targets", options.targets,
                  "what is trained on. hard: the dataset's labels; ferplus: the votes of data.ferplus as shares of the "
                  "classes; ferplus-majority: the class that most of them are for",
                  {"hard", "ferplus", "ferplus-majority"});
  table.add("data.ferplus", &options.ferplus,
            "FER+'s fer2013new.csv, votes for FER-2013's rows; with hard targets fer-eval scores against it as well");
  table.add("data.contempt", &options.contempt, "of FER+'s emotions contempt is an eighth class; else it is dropped");
  table.addChoice("data.unreadable", options.unreadable,
                  "pictures of a folder that cannot be read: skip leaves them out, listed; fail stops",
                  {"skip", "fail"});
}

void describe(AugmentOptions& options, KeyTable& table) {
  table.addChoice("augment.profile", options.profile, "whose image arithmetic: Keras up to 2.8, or from 2.9 on",
                  {"keras-2.8", "keras-2.9"});
  table.add("augment.zoom", &options.zoom, "each axis is scaled by U[1-zoom, 1+zoom]; 0 is off", {0, 1, false, true});
  table.add("augment.horizontal_flip", &options.horizontal_flip, "mirror half of the images");
  table.addList("augment.brightness", options.brightness,
                "brightness factor U[low, high], 1 is unchanged; [1, 1] is off", 2, {0, 100});
}

void validate(const DataOptions& options, const std::string& origin) {
  const double sum = std::accumulate(options.fractions.begin(), options.fractions.end(), 0.0);
  constexpr double kRounding = 1e-9;
  if (options.protocol == "fractions" && std::abs(sum - 1.0) > kRounding)
    throw usageError(origin + ": data.fractions: expected three shares that sum to 1, found a sum of " +
                     std::to_string(sum));
  if (options.protocol == "kfold" && options.fold >= options.folds)
    throw usageError(origin + ": data.fold: expected 0 to " + std::to_string(options.folds - 1) +
                     " (one of data.folds), found " + std::to_string(options.fold));
  if (options.targets != "hard" && options.ferplus.empty())
    throw usageError(origin + ": data.targets=" + options.targets +
                     " wants FER+'s votes: name them with data.ferplus=fer2013new.csv (github.com/microsoft/FERPlus)");
  if (options.shape.channels == 2) throw usageError(origin + ": data.channels: expected 1 or 3, found 2");
  const std::set<std::string> names(options.classes.begin(), options.classes.end());
  constexpr std::size_t kMostClasses = 256;
  if (options.classes.size() < 2 || options.classes.size() > kMostClasses || names.size() != options.classes.size() ||
      names.contains(""))
    throw usageError(origin + ": data.classes: expected 2 to 256 names, all different and none empty");
}

void validate(const AugmentOptions& options, const std::string& origin) {
  if (options.brightness.at(0) > options.brightness.at(1))
    throw usageError(origin + ": augment.brightness: expected [low, high], found a low end above the high end");
}

}  // namespace fer::data
