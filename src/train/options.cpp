#include "fer/train/options.hpp"

#include "train/recipe_options.hpp"

namespace fer::train {
namespace {

void describeMonitor(const std::string& group, std::string& monitor, std::string& mode, KeyTable& table) {
  table.addChoice(group + ".monitor", monitor, "the value watched", {"val_loss", "val_accuracy", "loss", "accuracy"});
  table.addChoice(group + ".mode", mode, "min: lower is better; max: higher is better; auto: what the monitor wants",
                  {"auto", "min", "max"});
}

void describe(EarlyStoppingOptions& options, KeyTable& table) {
  const std::string group = "train.early_stopping";
  table.add(group + ".enabled", &options.enabled, "stop when the monitored value no longer improves");
  describeMonitor(group, options.monitor, options.mode, table);
  table.add(group + ".min_delta", &options.min_delta, "smaller improvements do not count; in units of the metric",
            {0, kMany});
  table.add(group + ".patience", &options.patience, "epochs without improvement before stopping", {0, kMany});
  table.add(group + ".restore_best", &options.restore_best,
            "put the best epoch's weights back when this stops the run");
  table.add(group + ".baseline", &options.baseline,
            "an improvement that does not beat it, by min_delta, does not end the waiting");
}

void describe(ReduceLrOptions& options, KeyTable& table) {
  const std::string group = "train.reduce_lr";
  table.add(group + ".enabled", &options.enabled, "cut the learning rate when the monitored value no longer improves");
  describeMonitor(group, options.monitor, options.mode, table);
  table.add(group + ".factor", &options.factor, "the learning rate is multiplied by this", {0, 1, true, true});
  table.add(group + ".patience", &options.patience, "epochs without improvement before a cut", {0, kMany});
  table.add(group + ".min_delta", &options.min_delta, "smaller improvements do not count; in units of the metric",
            {0, kMany});
  table.add(group + ".cooldown", &options.cooldown, "epochs after a cut in which nothing is counted", {0, kMany});
  table.add(group + ".min_lr", &options.min_lr, "the learning rate is never cut below this", {0, kMany});
}

}  // namespace

void describe(TrainOptions& options, KeyTable& table) {
  constexpr double kLargestBatch = 65536;
  table.add("train.epochs", &options.epochs, "epochs at most", {1, kMany});
  table.add("train.batch_size", &options.batch_size, "images a step", {2, kLargestBatch});
  table.addChoice("train.precision", options.precision,
                  "fp32; tf32 (NVIDIA GPUs); bf16: twice as fast where the processor or GPU has it; auto: bf16 there, "
                  "else fp32",
                  {"fp32", "tf32", "bf16", "auto"});
  table.add("train.drop_last", &options.drop_last, "leave out the last partial batch of an epoch");
  table.add("train.seed", &options.seed, "seed of weights, order, augmentation and dropout");
  table.add("train.sync_batch_norm", &options.sync_batch_norm,
            "batch norms take the mean and variance of all processes' images, not each process of its own");
  table.add("train.deterministic", &options.deterministic,
            "on a GPU use only exactly repeatable algorithms, slower; a CPU run always repeats exactly");
  table.addChoice("train.sampler", options.sampler,
                  "shuffle: every image once an epoch; balanced: every class as often, its images by turns, each time "
                  "seen anew",
                  {"shuffle", "balanced"});
  table.add("train.progressive", &options.progressive,
            "\"SIDE:EPOCHS\": from this 0-based epoch on images are made SIDE pixels wide and high for training, e.g. "
            "[\"32:0\", \"40:20\", \"48:40\"]; evaluated as they are");
  table.add("train.unfreeze", &options.unfreeze,
            "\"LAYER:EPOCHS\": a layer of model.frozen is trained after so many epochs, e.g. [\"layer4:5\"]");
  describeRecipe(options, table);
  describe(options.early_stopping, table);
  describe(options.reduce_lr, table);
  describeMonitor("train.checkpoint", options.checkpoint.monitor, options.checkpoint.mode, table);
  table.add("train.checkpoint.every", &options.checkpoint.every, "epochs between two savings of last.safetensors",
            {1, kMany});
}

void describe(MachineOptions& options, KeyTable& table) {
  constexpr double kMostThreads = 1024;
  constexpr double kMostLoaders = 256;  // each keeps a batch, or more
  table.add("machine.device", &options.device, "auto (a GPU where there is one), cpu, cuda or cuda:N");
  table.add("machine.threads", &options.threads,
            "threads that compute; 0: every processor that it may use, within the quota of its container",
            {0, kMostThreads});
  table.add("machine.loader_threads", &options.loader_threads,
            "threads that prepare batches ahead of the step; 0: none", {0, kMostLoaders});
  table.addChoice("machine.kernels", options.kernels,
                  "plain: every layer alone, by LibTorch's own operations, to find out where a wrong number comes from",
                  {"fast", "plain"});
}

}  // namespace fer::train
