#include "train/recipe_options.hpp"

#include "fer/core/error.hpp"
#include "train/batch/progressive.hpp"
#include "train/optim/layer_numbers.hpp"

namespace fer::train {
namespace {

void describeOptimiser(OptimiserOptions& options, KeyTable& table) {
  const std::string group = "train.optimiser";
  table.addChoice(group + ".name", options.name,
                  "adam: as Keras computes it; adamw: with weight_decay; sgd: with momentum; muon: kernels of "
                  "convolutions by orthogonalised momentum, the rest by adamw",
                  {"adam", "adamw", "sgd", "muon"});
  table.add(group + ".lr", &options.lr, "learning rate at the start", {0, kMany, true});
  table.add(group + ".beta1", &options.beta1, "Adam: share kept of the mean of gradients", {0, 1, false, true});
  table.add(group + ".beta2", &options.beta2, "Adam: share kept of the mean of squared gradients", {0, 1, false, true});
  table.add(group + ".epsilon", &options.epsilon, "Adam: added to the root, before bias correction", {0, 1, true});
  table.add(group + ".momentum", &options.momentum, "SGD, Muon: share kept of the momentum", {0, 1, false, true});
  table.add(group + ".nesterov", &options.nesterov, "SGD, Muon: step from where the momentum leads");
  table.add(group + ".weight_decay", &options.weight_decay,
            "of kernels, not of biases and batch norms: adamw's and muon's, decoupled; sgd's, added to the gradient",
            {0, 1});
  table.add(group + ".clip_norm", &options.clip_norm, "all gradients together are no longer than this; 0: off",
            {0, kMany});
  table.add(group + ".bias_lr", &options.bias_lr, "the learning rate of biases is lr times this", {0, kMany});
  table.add(group + ".lr_scale", &options.lr_scale,
            "\"LAYER:FACTOR\": the layer's learning rate is lr times FACTOR, e.g. [\"features:0.1\"]");
}

void describeSchedule(ScheduleOptions& options, KeyTable& table) {
  const std::string group = "train.schedule";
  table.addChoice(group + ".name", options.name,
                  "how the learning rate changes with the steps; all but constant depend on train.epochs",
                  {"constant", "step", "cosine", "linear", "one_cycle"});
  table.add(group + ".warmup", &options.warmup, "epochs in which it rises from 0; not with one_cycle", {0, kMany});
  table.add(group + ".final", &options.final, "cosine, linear: share of the learning rate at the end", {0, 1});
  table.addList(group + ".milestones", options.milestones,
                "step: 0-based epochs from which on it is multiplied by gamma, once each", 0, {0, kMany});
  table.add(group + ".gamma", &options.gamma, "step: see milestones", {0, 1, true});
}

}  // namespace

void describeRecipe(TrainOptions& options, KeyTable& table) {
  table.add("train.start.dirac", &options.start.dirac,
            "convolutions but the first one begin with filters that pass their inputs on");
  table.add("train.start.whitening", &options.start.whitening,
            "the first convolution begins with filters that whiten patches of the training images");
  describeOptimiser(options.optimiser, table);
  describeSchedule(options.schedule, table);
  constexpr double kLargestAlpha = 100;
  table.add("train.loss.label_smoothing", &options.loss.label_smoothing,
            "share of each target that is spread over all classes; in training only", {0, 1, false, true});
  table.addChoice("train.loss.class_weights", options.loss.class_weights,
                  "balanced: images of rare classes count more, n / (classes * images of it); in training only",
                  {"none", "balanced"});
  table.add("train.loss.votes", &options.loss.votes,
            "share of each training target that is what FER+'s votes (data.ferplus) say of the label; 0: off", {0, 1});
  table.add("train.mix.mixup", &options.mix.mixup,
            "images blended in pairs, the share drawn from Beta(alpha, alpha): alpha; 0: off", {0, kLargestAlpha});
  table.add("train.mix.cutmix", &options.mix.cutmix,
            "a box of each image comes from another, its share likewise; with mixup each batch takes one of them",
            {0, kLargestAlpha});
  table.add("train.distill.teachers", &options.distill.teachers,
            "runs or checkpoints, the mean of whose probabilities is a target beside the labels; asked at every step");
  table.add("train.distill.stored", &options.distill.stored,
            "in their place: the folder that fer-train --store-teachers wrote");
  table.add("train.distill.cycle", &options.distill.cycle,
            "the same views come again after so many epochs, so that opinions of these are all; 0: never", {0, kMany});
  table.add("train.distill.mirror", &options.distill.mirror,
            "teachers see each view and its mirror image, and say the mean: twice their time");
  table.add("train.distill.weight", &options.distill.weight, "share of the loss that is the teachers'", {0, 1});
  table.add("train.distill.temperature", &options.distill.temperature,
            "softens teachers' and student's probabilities for each other", {1, 100});
  table.add("train.ema.decay", &options.ema.decay,
            "average of the weights, which is validated and saved as best and final: share of the old one a step; "
            "0: off; a copy of the weights in memory",
            {0, 1, false, true});
  table.add("train.ema.warmup", &options.ema.warmup, "its share is at most (1 + t) / (10 + t) after t steps");
  table.add(
      "train.swa.start", &options.swa.start,
      "mean of the weights at the ends of the epochs from this 0-based one on, which is validated and saved; 0: off",
      {0, kMany});
  table.add("train.lookahead.steps", &options.lookahead.steps,
            "after so many steps the weights go back part of the way; 0: off; a copy of the weights in memory",
            {0, kMany});
  table.add("train.lookahead.alpha", &options.lookahead.alpha, "the part of that way that is kept", {0, 1, true});
}

void validate(const TrainOptions& options, const std::string& origin) {
  parseLayerNumbers(options.unfreeze, origin + ": train.unfreeze");
  parseLayerNumbers(options.optimiser.lr_scale, origin + ": train.optimiser.lr_scale");
  if (options.optimiser.name == "adam" && options.optimiser.weight_decay > 0)
    throw usageError(origin + ": train.optimiser.weight_decay: adam has none. Choose adamw (train.optimiser.name).");
  if (options.ema.decay > 0 && options.swa.start > 0)
    throw usageError(origin + ": train.swa.start: train.ema.decay averages the weights already. Choose one of them.");
  if (options.distill.on() && options.loss.class_weights != "none")
    throw usageError(origin +
                     ": train.loss.class_weights: teachers' opinions have no class. Leave them out with "
                     "train.distill.");
  if (options.distill.cycle > 0 && !options.distill.on())
    throw usageError(origin + ": train.distill.cycle: there is no teacher. Name train.distill.teachers or .stored.");
  if (options.distill.mirror && options.distill.teachers.empty())
    throw usageError(origin +
                     ": train.distill.mirror: there is no teacher to ask. Name train.distill.teachers; what is stored "
                     "is as --store-teachers asked.");
  if (!parseProgressive(options.progressive, origin).empty() && options.distill.cycle > 0)
    throw usageError(origin +
                     ": train.distill.cycle: train.progressive makes later epochs' images larger. Choose one.");
  const ScheduleOptions& schedule = options.schedule;
  if (schedule.name == "one_cycle" && schedule.warmup > 0)
    throw usageError(origin + ": train.schedule.warmup: one_cycle rises by itself. Leave the warm-up out.");
  if (schedule.name != "step" && !schedule.milestones.empty())
    throw usageError(origin + ": train.schedule.milestones: only for step, and train.schedule.name is " +
                     schedule.name + ".");
  if (schedule.warmup > options.epochs)
    throw usageError(origin + ": train.schedule.warmup: longer than the training (train.epochs).");
}

}  // namespace fer::train
