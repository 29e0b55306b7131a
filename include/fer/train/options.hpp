#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fer/core/config/key_table.hpp"

namespace fer::train {

/// Weights that do not start as drawn; train/starts.cpp has the sources.
struct StartOptions {
  bool dirac = false;      ///< convolutions but the first one begin by passing their inputs on
  bool whitening = false;  ///< filters of the first one begin as those that whiten patches of the training images
};

/// How weights follow from gradients. Sources: train/optim/adam.cpp and sgd.cpp.
struct OptimiserOptions {
  std::string name = "adam";          ///< "adam", as Keras computes it; "adamw", with weight_decay; "sgd"; "muon"
  double lr = 1e-3;                   ///< learning rate at the start; a schedule multiplies it
  double beta1 = 0.9;                 ///< Adam: share of the old mean of gradients
  double beta2 = 0.999;               ///< Adam: share of the old mean of squared gradients
  double epsilon = 1e-7;              ///< Adam: added to the root before the bias correction, as Keras does
  double momentum = 0.9;              ///< SGD, Muon: share of the old momentum
  bool nesterov = true;               ///< SGD, Muon: step from where the momentum leads
  double weight_decay = 0;            ///< of kernels alone: AdamW's and Muon's, decoupled; SGD's, added to the gradient
  double clip_norm = 0;               ///< all gradients together are made no longer than this; 0: off
  double bias_lr = 1;                 ///< the learning rate of biases, those of batch norms too, is lr times this
  std::vector<std::string> lr_scale;  ///< "LAYER:FACTOR": the layer's learning rate is lr times this
};

/// How the learning rate changes from step to step; train/optim/schedule.hpp has the formulas.
struct ScheduleOptions {
  std::string name = "constant";   ///< "constant", "step", "cosine", "linear" or "one_cycle"
  double warmup = 0;               ///< epochs, or part of one, in which it rises from 0
  double final = 0;                ///< cosine, linear: share of the learning rate at the end
  std::vector<double> milestones;  ///< step: 0-based epochs from which on it is multiplied by gamma, once each
  double gamma = 0.1;
};

/// What is minimised in training. Validation and evaluation use the plain cross entropy.
struct LossOptions {
  double label_smoothing = 0;          ///< share of each target spread over all classes. Szegedy et al. 2016
  std::string class_weights = "none";  ///< "balanced": rows of rare classes count more, n / (classes * rows of it),
                                       ///< as scikit-learn's class_weight
  double votes = 0;  ///< share of a training target that FER+'s votes give; voted_targets.hpp says how
};

/// Training images mixed in pairs, with their targets. Sources: Zhang et al. 2018 (mixup), Yun et al. 2019 (CutMix).
struct MixOptions {
  double mixup = 0;   ///< alpha of Beta(alpha, alpha), from which the share is drawn; 0: off
  double cutmix = 0;  ///< likewise, of the box that comes from the other image; with both each batch takes one
};

/// Teachers' opinions as targets beside the labels: (1 - weight) times the cross entropy, and weight times T^2 times
/// the Kullback-Leibler divergence of the student's from the teachers' probabilities, both softened by the temperature
/// T: p^(1/T), normalised. Source: Hinton, Vinyals and Dean 2015.
struct DistillOptions {
  std::vector<std::string> teachers;  ///< runs or checkpoints, whose mean of probabilities counts; asked at every step
  std::string stored;                 ///< in their place: the folder that fer-train --store-teachers wrote
  int cycle = 0;                      ///< epochs after which the same views come again; 0: never
  bool mirror = false;                ///< teachers see each view and its mirror image, the mean of which counts
  double weight = 0.9;
  double temperature = 3;

  bool on() const { return !teachers.empty() || !stored.empty(); }
  /// Of a training of so many epochs: how many have views of their own.
  int epochsOfViews(int epochs) const { return cycle > 0 && cycle < epochs ? cycle : epochs; }
};

/// A running average of the weights, which is what is validated and saved as best and final. Sources: Polyak and
/// Juditsky 1992; tf.train.ExponentialMovingAverage.
struct EmaOptions {
  double decay = 0;    ///< share of the old average a step; 0: off
  bool warmup = true;  ///< share of at most (1 + t) / (10 + t) after t steps, so that the first weights fade soon
};

/// The plain mean of the weights at the ends of epochs, in EmaOptions' place. Source: Izmailov et al. 2018; the batch
/// norms' running values are averaged, too, not taken anew.
struct SwaOptions {
  int start = 0;  ///< 0-based epoch from which on they are averaged; 0: off
};

/// Every few steps the weights go back part of the way to where they were. Source: Zhang et al. 2019.
struct LookaheadOptions {
  int steps = 0;       ///< between two such; 0: off
  double alpha = 0.5;  ///< the part of the way that is kept
};

/// Stop when the monitored value has not improved. Source: keras.callbacks.EarlyStopping.
struct EarlyStoppingOptions {
  bool enabled = true;
  std::string monitor = "val_loss";
  std::string mode = "auto";  ///< see betterOf()
  double min_delta = 0.0;     ///< smaller improvements do not count; in units of the metric
  int patience = 10;          ///< epochs without improvement before stopping
  bool restore_best = true;   ///< put the best epoch's weights back when this stops the run
  std::optional<double> baseline =
      std::nullopt;  ///< an improvement that does not beat it goes on waiting; unset: any will do
};

/// Cut the learning rate when the monitored value has not improved. Source: keras.callbacks.ReduceLROnPlateau.
struct ReduceLrOptions {
  bool enabled = true;
  std::string monitor = "val_loss";
  std::string mode = "auto";  ///< see betterOf()
  double factor = 0.1;        ///< the learning rate is multiplied by this
  int patience = 10;          ///< epochs without improvement before a cut
  double min_delta = 1e-4;    ///< absolute, in units of the metric
  int cooldown = 0;           ///< epochs after a cut in which nothing is counted
  double min_lr = 0.0;
};

/// Which epoch's weights best.safetensors keeps. Source: keras.callbacks.ModelCheckpoint with save_best_only.
struct CheckpointOptions {
  std::string monitor = "val_accuracy";
  std::string mode = "auto";
  int every = 1;  ///< epochs between two savings of last.safetensors; what a crash may cost
};

/// One training, but for where it runs.
struct TrainOptions {
  int epochs = 50;
  int batch_size = 64;
  std::string precision = "fp32";  ///< what the step computes in: see nn::choosePrecision
  bool drop_last = true;           ///< leave out the last partial batch of an epoch, as Keras' n // batch steps do
  std::uint32_t seed = 42;         ///< of weights, order, augmentation and dropout
  bool deterministic = false;    ///< on a GPU: only exactly repeatable algorithms, at a cost in speed; a CPU always is
  bool sync_batch_norm = false;  ///< where processes share a batch, its norms take the statistics of all their images
  std::string sampler = "shuffle";       ///< "balanced": each class has as many places in an epoch, its images by turns
  std::vector<std::string> progressive;  ///< "SIDE:EPOCHS": from that 0-based epoch on images are trained on at SIDE
  std::vector<std::string> unfreeze;     ///< "LAYER:EPOCHS": a frozen layer is trained from that 0-based epoch on
  StartOptions start;
  OptimiserOptions optimiser;
  ScheduleOptions schedule;
  LossOptions loss;
  MixOptions mix;
  DistillOptions distill;
  EmaOptions ema;
  SwaOptions swa;
  LookaheadOptions lookahead;
  EarlyStoppingOptions early_stopping;
  ReduceLrOptions reduce_lr;
  CheckpointOptions checkpoint;
};

/// Where a training runs; a resume may change these.
struct MachineOptions {
  std::string device = "auto";
  int threads = 0;
  int loader_threads = 1;
  std::string kernels = "fast";  ///< see nn::Kernels
};

void describe(TrainOptions& options, KeyTable& table);    ///< keys train.*
void describe(MachineOptions& options, KeyTable& table);  ///< keys machine.*

/// Checks that no single key can express. Throws Error (usage).
void validate(const TrainOptions& options, const std::string& origin);

}  // namespace fer::train
