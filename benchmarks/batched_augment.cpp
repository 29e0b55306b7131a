// Images a second of the batched augmentation, of FER-2013's shape and by the batch; on the CPU, with one thread and
// with all. bench-augment has the figures of the kernel that the CPU's loader uses.
#include "train/batch/batched_augment.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>

#include <vector>

#include "fer/nn/device.hpp"
#include "fer/train/batch/degrade.hpp"

namespace {

using namespace fer;  // a main of its own, no header

void augment(benchmark::State& state, const data::AugmentOptions& options) {
  const auto images = state.range(0);
  nn::setComputeThreads(static_cast<int>(state.range(1)));
  const ImageShape shape;
  const at::Tensor pixels = at::randint(256, {images, shape.channels, shape.height, shape.width}, at::kByte);
  std::vector<data::Augmentation> numbers;
  for (std::int64_t i = 0; i < images; ++i)
    numbers.push_back(data::drawAugmentation(options, 1, 0, static_cast<std::uint32_t>(i)));
  const train::BatchedAugmenter augmenter(options, {}, shape, c10::kCPU);
  const at::Tensor packed = augmenter.pack(numbers);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(augmenter.apply(pixels, packed).data_ptr());
  state.SetItemsProcessed(state.iterations() * images);
}

void draw(benchmark::State& state) {
  const data::AugmentOptions options{"keras-2.8", 0.2, true, {0.2, 1.2}};
  const train::BatchedAugmenter augmenter(options, {}, {}, c10::kCPU);
  for ([[maybe_unused]] auto _ : state) {
    std::vector<data::Augmentation> numbers;
    for (std::int64_t i = 0; i < state.range(0); ++i)
      numbers.push_back(data::drawAugmentation(options, 1, 0, static_cast<std::uint32_t>(i)));
    benchmark::DoNotOptimize(augmenter.pack(numbers).data_ptr());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// Blur and noise of every image.
void degrade(benchmark::State& state) {
  nn::setComputeThreads(1);
  data::AugmentOptions options;
  options.blur.probability = state.range(0) != 0 ? 1 : 0;
  options.noise.probability = state.range(1) != 0 ? 1 : 0;
  constexpr std::int64_t kImages = 128;
  const at::Tensor images = at::rand({kImages, 1, 48, 48});
  const train::Degrader degrader(options, 1.0 / 255, 1, c10::kCPU);
  std::uint32_t step = 0;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(degrader.apply(images, 0, step++).data_ptr());
  state.SetItemsProcessed(state.iterations() * kImages);
}

const data::AugmentOptions kFull28{"keras-2.8", 0.2, true, {0.2, 1.2}};
const data::AugmentOptions kFull29{"keras-2.9", 0.2, true, {0.2, 1.2}};

BENCHMARK_CAPTURE(augment, full_keras_2_8, kFull28)
    ->ArgNames({"images", "threads"})
    ->ArgsProduct({{64, 1024}, {1, 0}})
    ->UseRealTime();
BENCHMARK_CAPTURE(augment, full_keras_2_9, kFull29)
    ->ArgNames({"images", "threads"})
    ->ArgsProduct({{64, 1024}, {1, 0}})
    ->UseRealTime();
BENCHMARK(degrade)->ArgNames({"blur", "noise"})->Args({1, 0})->Args({0, 1});
BENCHMARK(draw)->ArgName("images")->Arg(23000);

}  // namespace

BENCHMARK_MAIN();
