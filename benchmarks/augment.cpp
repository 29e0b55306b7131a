// Images a second on one core, of FER-2013's shape: the original's augmentation in full, its parts, and the rescale
// alone.
#include "fer/data/augment/augment.hpp"

#include <benchmark/benchmark.h>

#include <vector>

#include "fer/core/random.hpp"

namespace {

using namespace fer::data;

constexpr std::size_t kImages = 512;

std::vector<std::uint8_t> noise(std::size_t size) {
  fer::RandomStream stream(1, fer::Purpose::kSynth);
  std::vector<std::uint8_t> pixels(size);
  for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(stream.below(256));
  return pixels;
}

void augment(benchmark::State& state, const AugmentOptions& options) {
  const fer::ImageShape shape;
  const std::vector<std::uint8_t> pixels = noise(kImages * shape.size());
  const Augmenter augmenter(options, {}, shape);
  std::vector<float> out(augmenter.outputShape().size());
  std::uint32_t row = 0;
  for ([[maybe_unused]] auto _ : state) {
    const std::span image = std::span(pixels).subspan(row % kImages * shape.size(), shape.size());
    augmenter.apply(image, drawAugmentation(options, 1, 0, row), out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
    ++row;
  }
  state.SetItemsProcessed(state.iterations());
}

void rescaleOnly(benchmark::State& state) {
  const std::vector<std::uint8_t> pixels = noise(fer::ImageShape{}.size());
  std::vector<float> out(pixels.size());
  for ([[maybe_unused]] auto _ : state) {
    preprocess({}, pixels, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(augment, full_keras_2_8, AugmentOptions{"keras-2.8", 0.2, true, {0.2, 1.2}});
BENCHMARK_CAPTURE(augment, full_keras_2_9, AugmentOptions{"keras-2.9", 0.2, true, {0.2, 1.2}});
BENCHMARK_CAPTURE(augment, zoom_only, AugmentOptions{"keras-2.8", 0.2, false, {1.0, 1.0}});
BENCHMARK_CAPTURE(augment, flip_only, AugmentOptions{"keras-2.8", 0.0, true, {1.0, 1.0}});
BENCHMARK_CAPTURE(augment, brightness_only, AugmentOptions{"keras-2.8", 0.0, false, {0.2, 1.2}});
AugmentOptions warped() {
  return {.zoom = 0.2, .rotation = 10, .shift = 0.1, .shear = 5, .scale = {0.7, 1.3}, .aspect = {0.8, 1.25}};
}

AugmentOptions everything() {
  AugmentOptions options = warped();
  options.horizontal_flip = true;
  options.flip_alternating = true;
  options.brightness = {0.2, 1.2};
  options.contrast = {0.7, 1.4};
  options.gamma = {0.7, 1.4};
  options.erasing.probability = 1;
  options.policy = "trivial";
  return options;
}

BENCHMARK_CAPTURE(augment, warp_only, warped());
BENCHMARK_CAPTURE(augment, crop_only, AugmentOptions{.crop = 40});
BENCHMARK_CAPTURE(augment, contrast_only, AugmentOptions{.contrast = {0.7, 1.4}});
BENCHMARK_CAPTURE(augment, gamma_only, AugmentOptions{.gamma = {0.7, 1.4}});
BENCHMARK_CAPTURE(augment, erasing_only, AugmentOptions{.erasing = {.probability = 1}});
BENCHMARK_CAPTURE(augment, trivial_policy, AugmentOptions{.policy = "trivial"});
BENCHMARK_CAPTURE(augment, everything, everything());
BENCHMARK(rescaleOnly);

}  // namespace

BENCHMARK_MAIN();
