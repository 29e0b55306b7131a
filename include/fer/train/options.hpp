#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fer/core/config/key_table.hpp"

namespace fer::train {

/// Adam as Keras computes it. Source: keras.optimizers.Adam; Kingma and Ba 2015.
struct AdamOptions {
  double lr = 1e-3;                   ///< learning rate at the start
  double beta1 = 0.9;                 ///< share of the old mean of gradients
  double beta2 = 0.999;               ///< share of the old mean of squared gradients
  double epsilon = 1e-7;              ///< added to the root before the bias correction, as Keras does
  std::vector<std::string> lr_scale;  ///< "LAYER:FACTOR": the layer's learning rate is lr times this
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
  bool deterministic = false;  ///< on a GPU: only exactly repeatable algorithms, at a cost in speed; a CPU always is
  std::vector<std::string> unfreeze;  ///< "LAYER:EPOCHS": a frozen layer is trained from that 0-based epoch on
  AdamOptions optimiser;
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

}  // namespace fer::train
