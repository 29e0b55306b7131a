// What the loop around a training step costs: the same steps once with one batch at hand, once with batches read,
// augmented and loaded as fer-train does. In turns, so that a drift of the machine's speed hits both.
//
//   bench-training_loop [MODEL] [STEPS] [ROUNDS]      default: vgg_block 20 3

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "fer/data/labels.hpp"
#include "fer/data/synth.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/initialise.hpp"
#include "fer/nn/memory_layout.hpp"
#include "fer/nn/model_table.hpp"
#include "fer/train/adam.hpp"
#include "fer/train/batches.hpp"
#include "fer/train/prefetch.hpp"
#include "fer/train/step.hpp"

namespace {

using namespace fer;  // a main of its own, no header

constexpr std::size_t kBatch = 64;

double secondsOf(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const std::string model = argc > 1 ? argv[1] : "vgg_block";
  const std::size_t steps = argc > 2 ? std::stoul(argv[2]) : 20;
  const int rounds = argc > 3 ? std::stoi(argv[3]) : 3;
  const int threads = nn::setComputeThreads(0);
  data::SynthOptions synth;
  synth.rows = static_cast<std::uint32_t>(steps * kBatch);
  synth.classes = data::fer2013Classes();
  const data::Dataset faces = data::synthesise(synth);
  data::AugmentOptions augment;
  augment.zoom = 0.2;
  augment.horizontal_flip = true;
  augment.brightness = {0.2, 1.2};
  const train::TrainingBatches batches{faces, augment, {augment, {}, faces.shape()}, 1};
  std::vector<std::uint32_t> rows(faces.size());
  std::iota(rows.begin(), rows.end(), 0U);

  const auto network = nn::makeModel({model, faces.shape(), faces.classes()});
  nn::initialise(*network, 1);
  nn::useFastLayout(*network, c10::kCPU);
  network->train();
  std::vector<train::AdamParameter> parameters;
  for (const auto& [name, tensor] : nn::namedState(*network))
    if (tensor.requires_grad()) parameters.push_back({name, tensor});
  train::Adam optimiser(parameters, {});
  constexpr double kRate = 1e-4;
  const auto step = [&](const train::Batch& batch) { train::trainStep(*network, optimiser, kRate, batch, {}); };
  const train::Batch fixed = batches.make(train::batchRows(rows, 0, kBatch), 0);
  for (int i = 0; i < 3; ++i) step(fixed);  // LibTorch chooses its kernels in the first steps

  std::vector<double> alone;
  std::vector<double> whole;
  for (int round = 0; round < rounds; ++round) {
    alone.push_back(secondsOf([&] {
      for (std::size_t i = 0; i < steps; ++i) step(fixed);
    }));
    whole.push_back(secondsOf([&] {
      const auto order = train::epochOrder(rows, 1, static_cast<std::uint32_t>(round));
      train::Prefetch<train::Batch> loader(
          [&](std::size_t i) { return batches.make(train::batchRows(order, i, kBatch), 0); }, 0, steps, 1);
      while (const std::optional<train::Batch> batch = loader.next()) step(*batch);
    }));
  }
  const auto images = static_cast<double>(steps * kBatch);
  const double make = secondsOf([&] {
    for (std::size_t i = 0; i < steps; ++i) batches.make(train::batchRows(rows, i, kBatch), 0);
  });
  std::printf("%s, %d threads, batch %zu, median of %d rounds of %zu steps\n", model.c_str(), threads, kBatch, rounds,
              steps);
  std::printf("step alone    %8.1f img/s\n", images / median(alone));
  std::printf("whole loop    %8.1f img/s  (%.2f %% more time)\n", images / median(whole),
              100 * (median(whole) / median(alone) - 1));
  std::printf("batches alone %8.0f img/s on one thread\n", images / make);
}
