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

namespace {

constexpr double kLargestFactor = 100;

void describe(ErasingOptions& options, KeyTable& table) {
  const std::string group = "augment.erasing";
  table.add(group + ".probability", &options.probability, "of an image to lose a box of its pixels; 0 is off", {0, 1});
  table.addList(group + ".area", options.area, "share of the image that the box has: U[low, high]", 2, {0, 1, true});
  table.addList(group + ".aspect", options.aspect, "the box's height by its width: exp(U[log low, log high])", 2,
                {0, kLargestFactor, true});
  table.addChoice(group + ".fill", options.fill, "what the box becomes: mean, the image's mean level; zero, black",
                  {"mean", "zero"});
}

void describe(ClaheOptions& options, KeyTable& table) {
  constexpr double kLevels = 256;  // of which one has at most all pixels: a limit that limits nothing
  constexpr double kMostTiles = 64;
  const std::string group = "augment.clahe";
  table.add(group + ".probability", &options.probability,
            "of an image to be shown with its contrast equalised in tiles (CLAHE); 0 is off", {0, 1});
  table.add(group + ".clip_limit", &options.clip_limit,
            "OpenCV's: a level counts at most so many times its even share of a tile; 0 is no limit", {0, kLevels});
  table.add(group + ".tiles", &options.tiles, "tiles along each side of the image", {1, kMostTiles});
}

void describe(DegradeOptions& options, const std::string& group, const char* done, const char* unit, double largest,
              KeyTable& table) {
  table.add(group + ".probability", &options.probability,
            std::string("of an image to be ") + done + ", the last step before the network; 0 is off", {0, 1});
  table.addList(group + ".sigma", options.sigma,
                std::string("standard deviation of the Gaussian in ") + unit + ": U[low, high]", 2, {0, largest});
}

void describeWarp(AugmentOptions& options, KeyTable& table) {
  constexpr double kHalfTurn = 180;
  constexpr double kSteepest = 80;
  constexpr double kLargestArea = 16;
  constexpr double kLargestCrop = 4096;
  table.add("augment.rotation", &options.rotation, "rotated by U[-rotation, rotation] degrees; 0 is off",
            {0, kHalfTurn});
  table.add("augment.shift", &options.shift, "moved by U[-shift, shift] of the side along each axis; 0 is off", {0, 1});
  table.add("augment.shear", &options.shear, "leant by U[-shear, shear] degrees; 0 is off", {0, kSteepest});
  table.addList("augment.scale", options.scale,
                "a window of U[low, high] times the area is shown, at a drawn place; [1, 1] is off", 2,
                {0, kLargestArea, true});
  table.addList("augment.aspect", options.aspect,
                "that window's width by its height: exp(U[log low, log high]); [1, 1] is off", 2,
                {0, kLargestFactor, true});
  table.add("augment.crop", &options.crop,
            "trains on squares of so many pixels at drawn places; evaluation stays at the full size; 0 is off",
            {0, kLargestCrop});
}

void requireOrder(const std::vector<double>& range, const char* key, const std::string& origin) {
  if (range.at(0) > range.at(1))
    throw usageError(origin + ": augment." + key + ": expected [low, high], found a low end above the high end");
}

}  // namespace

void describe(AugmentOptions& options, KeyTable& table) {
  table.addChoice("augment.profile", options.profile, "whose image arithmetic: Keras up to 2.8, or from 2.9 on",
                  {"keras-2.8", "keras-2.9"});
  table.add("augment.zoom", &options.zoom, "each axis is scaled by U[1-zoom, 1+zoom]; 0 is off", {0, 1, false, true});
  table.add("augment.horizontal_flip", &options.horizontal_flip, "mirror half of the images");
  table.add("augment.flip_alternating", &options.flip_alternating,
            "of horizontal_flip: each image is mirrored in every second epoch, half of them in the first");
  table.addList("augment.brightness", options.brightness,
                "brightness factor U[low, high], 1 is unchanged; [1, 1] is off", 2, {0, kLargestFactor});
  table.addList("augment.contrast", options.contrast,
                "contrast factor U[low, high], about the image's mean; [1, 1] is off", 2, {0, kLargestFactor});
  table.addList("augment.gamma", options.gamma,
                "levels, as shares of white, to the power of exp(U[log low, log high]); [1, 1] is off", 2,
                {0, kLargestFactor, true});
  describeWarp(options, table);
  describe(options.erasing, table);
  describe(options.clahe, table);
  constexpr double kWidestBlur = 16;
  constexpr double kWhite = 255;
  describe(options.blur, "augment.blur", "blurred", "pixels", kWidestBlur, table);
  describe(options.noise, "augment.noise", "made noisy", "grey levels", kWhite, table);
  table.addChoice("augment.policy", options.policy,
                  "trivial: besides, one operation an image, drawn with its strength (TrivialAugment)",
                  {"none", "trivial"});
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
  requireOrder(options.brightness, "brightness", origin);
  requireOrder(options.contrast, "contrast", origin);
  requireOrder(options.gamma, "gamma", origin);
  requireOrder(options.scale, "scale", origin);
  requireOrder(options.aspect, "aspect", origin);
  requireOrder(options.erasing.area, "erasing.area", origin);
  requireOrder(options.erasing.aspect, "erasing.aspect", origin);
  requireOrder(options.blur.sigma, "blur.sigma", origin);
  requireOrder(options.noise.sigma, "noise.sigma", origin);
  if (options.flip_alternating && !options.horizontal_flip)
    throw usageError(origin +
                     ": augment.flip_alternating: nothing is mirrored. Set augment.horizontal_flip=true as well.");
}

}  // namespace fer::data
