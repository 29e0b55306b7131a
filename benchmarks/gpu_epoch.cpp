// How long a whole training takes with everything on the GPU: 50 epochs of vgg_block with validation, the original's
// settings but bf16 and no early stopping, over as many drawn faces as FER-2013 has images (FER2013_CSV: over those).
//
//   bench-gpu_epoch [CONFIG] [EPOCHS] [IMAGES] [KEY=VALUE ...]      default: vgg_block.json 50 35887
//
// Without a GPU it goes the same way on the CPU; give it small numbers then: bench-gpu_epoch generic.json 2 400

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "fer/core/config/config.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/memory/cpu_memory.hpp"
#include "fer/train/starting_weights.hpp"
#include "fer/train/trainer.hpp"

namespace {

namespace fs = std::filesystem;
using namespace fer;  // a main of its own, no header
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A folder that goes when it is done.
struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("bench-gpu_epoch-" + std::to_string(::getpid()));
  TemporaryFolder() = default;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

data::TrainingData dataOf(const data::DataOptions& options, std::uint32_t images) {
  if (std::getenv("FER2013_CSV") != nullptr) return data::loadForTraining(options);
  data::SynthOptions synth;
  synth.rows = images;
  synth.shape = options.shape;
  synth.classes = options.classes;
  return data::keepTrainingRows(data::synthesise(synth), options);
}

int measure(const std::string& config, const std::string& epochs, std::uint32_t images,
            const std::vector<std::string>& assignments) {
  nn::reuseTensorMemory();
  std::vector<std::string> settings = {"train.precision=bf16", "train.early_stopping.enabled=false",
                                       "train.epochs=" + epochs};
  settings.insert(settings.end(), assignments.begin(), assignments.end());
  const train::Experiment experiment = train::loadExperiment(findConfig(config), {}, settings).experiment;
  const c10::Device device = nn::chooseDevice(experiment.machine.device);
  const int threads = nn::setComputeThreads(experiment.machine.threads);
  const nn::Precision precision = nn::choosePrecision(experiment.train.precision, device).precision;
  const data::TrainingData data = dataOf(experiment.data, images);
  const auto network = train::prepareNetwork(experiment, data);
  train::setStartingWeights(experiment, data, *network);

  const TemporaryFolder folder;
  const RunDirectory run = RunDirectory::create(folder.path);
  Log log(std::cout, run.log());
  const auto start = Clock::now();
  train::Trainer trainer(experiment, data, network, {run, {device, precision}, threads, false, true}, log);
  trainer.run([] { return false; });
  const double whole = secondsSince(start);

  double trained = 0;
  double validated = 0;
  std::int64_t steps = 0;
  std::vector<double> rates;
  for (const train::EpochTiming& epoch : trainer.state().timing) {
    trained += epoch.train_seconds;
    validated += epoch.validation_seconds;
    steps += epoch.images;
    rates.push_back(static_cast<double>(epoch.images) / epoch.train_seconds);
  }
  std::printf("%s on %s in %s, %d threads, batch %d, %zu images trained on and %zu validated an epoch\n",
              experiment.model.name.c_str(), device.str().c_str(), nn::nameOf(precision).c_str(), threads,
              experiment.train.batch_size, data.train.size(), data.validation.size());
  std::printf("%zu epochs  %9.2f s, of which training %.2f, validation %.2f, checkpoints and the rest %.2f\n",
              rates.size(), whole, trained, validated, whole - trained - validated);
  std::printf("training   %9.1f img/s on average, %.1f in the last epoch\n", static_cast<double>(steps) / trained,
              rates.back());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string config = argc > 1 ? argv[1] : "vgg_block.json";
    const std::string epochs = argc > 2 ? argv[2] : "50";
    const auto images = static_cast<std::uint32_t>(argc > 3 ? std::stoul(argv[3]) : 35887);
    return measure(config, epochs, images, {argv + std::min(argc, 4), argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench-gpu_epoch: %s\n", error.what());
    return 1;
  }
}
