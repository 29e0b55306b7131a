// BatchedAugmenter against data::Augmenter, which equals Keras to the bit (data_test).
#include "train/batch/batched_augment.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/random.hpp"
#include "fer/data/synth/synth.hpp"

namespace fer::train {
namespace {

constexpr std::uint32_t kImages = 400;

std::vector<std::uint8_t> noise(ImageShape shape) {
  RandomStream stream(1, Purpose::kSynth);
  std::vector<std::uint8_t> pixels(kImages * shape.size());
  for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(stream.below(256));
  return pixels;
}

/// Image i has level i % 256 everywhere.
std::vector<std::uint8_t> constant(ImageShape shape) {
  std::vector<std::uint8_t> pixels;
  for (std::uint32_t i = 0; i < kImages; ++i) pixels.insert(pixels.end(), shape.size(), static_cast<std::uint8_t>(i));
  return pixels;
}

/// Black and white halves: flat areas beside a hard edge.
std::vector<std::uint8_t> halves(ImageShape shape) {
  std::vector<std::uint8_t> pixels;
  for (std::size_t i = 0; i < kImages * shape.size(); ++i)
    pixels.push_back(i % static_cast<std::size_t>(shape.width) * 2 < static_cast<std::size_t>(shape.width) ? 0 : 255);
  return pixels;
}

std::vector<std::uint8_t> faces(ImageShape shape) {
  data::SynthOptions options;
  options.rows = kImages;
  options.shape = shape;
  options.classes = data::fer2013Classes();
  return data::synthesise(options).columns().pixels;
}

struct Source {
  const char* name;
  std::vector<std::uint8_t> (*make)(ImageShape shape);
};
const Source kSources[] = {{"noise", &noise}, {"constant", &constant}, {"halves", &halves}, {"faces", &faces}};

const ImageShape kShapes[] = {{1, 48, 48}, {3, 48, 48}, {1, 40, 56}, {3, 33, 24}};

/// Drawn numbers, and between them some that only a test would choose.
std::vector<data::Augmentation> numbersFor(const data::AugmentOptions& options) {
  std::vector<data::Augmentation> numbers;
  for (std::uint32_t i = 0; i < kImages; ++i) numbers.push_back(data::drawAugmentation(options, 5, 3, i));
  numbers[10] = {};
  numbers[20] = {.zoom_rows = 1, .zoom_columns = 1, .flip = true, .brightness = 1};
  numbers[30] = {.zoom_rows = 0.5, .zoom_columns = 2, .flip = true, .brightness = 0};
  numbers[40] = {.zoom_rows = 3, .zoom_columns = 0.25, .flip = false, .brightness = 1e30};
  numbers[50] = {.zoom_rows = 1, .zoom_columns = 1.1, .flip = false, .brightness = -3};
  return numbers;
}

struct Difference {
  double largest = 0;  ///< in grey levels
  double share = 0;    ///< of pixels that differ at all but by rounding
};

Difference compare(const data::AugmentOptions& options, const data::Preprocess& preprocess, ImageShape shape,
                   const std::vector<std::uint8_t>& pixels) {
  const std::vector<data::Augmentation> numbers = numbersFor(options);
  const data::Augmenter one(options, preprocess, shape);
  const BatchedAugmenter many(options, preprocess, shape, c10::kCPU);
  const at::Tensor images = at::tensor(pixels).view({kImages, shape.channels, shape.height, shape.width});
  const at::Tensor result = many.apply(images, many.pack(numbers));
  const ImageShape output = one.outputShape();
  EXPECT_EQ(many.outputShape(), output);
  EXPECT_EQ(result.sizes(), (at::IntArrayRef{kImages, output.channels, output.height, output.width}));
  EXPECT_EQ(result.scalar_type(), at::kFloat);
  const at::Tensor flat = result.contiguous();
  std::vector<float> expected(output.size());
  Difference difference;
  for (std::size_t i = 0; i < kImages; ++i) {
    one.apply({&pixels[i * shape.size()], shape.size()}, numbers[i], expected);
    const float* found = flat.data_ptr<float>() + i * output.size();
    for (std::size_t p = 0; p < output.size(); ++p) {
      const double apart = std::abs(found[p] - expected[p]) / preprocess.rescale;
      difference.largest = std::max(difference.largest, apart);
      if (apart > 1e-4) difference.share += 1.0 / static_cast<double>(kImages * output.size());
    }
  }
  return difference;
}

TEST(BatchedAugmenter, EqualsTheAugmenterOnEveryKindOfImage) {
  for (const char* profile : {"keras-2.8", "keras-2.9"}) {
    const data::AugmentOptions options{profile, 0.2, true, {0.2, 1.2}};
    for (const ImageShape shape : kShapes) {
      for (const Source& source : kSources) {
        const Difference difference = compare(options, {.rescale = 1.0}, shape, source.make(shape));
        EXPECT_LE(difference.largest, 1) << profile << " " << source.name << " " << shape.height;
        EXPECT_LE(difference.share, 1e-4) << profile << " " << source.name << " " << shape.height;
      }
    }
  }
}

TEST(BatchedAugmenter, EqualsTheAugmenterAfterTheRescaleAndWithPartsOff) {
  const data::AugmentOptions cases[] = {{"keras-2.8", 0.2, true, {0.2, 1.2}},
                                        {"keras-2.8", 0.2, false, {1.0, 1.0}},
                                        {"keras-2.9", 0.0, true, {1.0, 1.0}},
                                        {"keras-2.9", 0.0, false, {0.5, 1.5}}};
  for (const data::AugmentOptions& options : cases) {
    const Difference difference = compare(options, {.rescale = 1.0 / 255}, {1, 48, 48}, faces({1, 48, 48}));
    EXPECT_LE(difference.largest, 1 + 1e-4);
    EXPECT_LE(difference.share, 1e-4);
  }
}

struct Named {
  const char* name;
  data::AugmentOptions options;
};

/// Each part alone, and all at once.
std::vector<Named> beyondKeras(const char* profile) {
  data::AugmentOptions all{.profile = profile,
                           .zoom = 0.2,
                           .horizontal_flip = true,
                           .brightness = {0.2, 1.2},
                           .flip_alternating = true,
                           .rotation = 20,
                           .shift = 0.2,
                           .shear = 10,
                           .scale = {0.5, 1.3},
                           .aspect = {0.75, 1.4},
                           .crop = 20,
                           .contrast = {0.5, 1.5},
                           .gamma = {0.5, 2},
                           .erasing = {.probability = 0.5}};
  std::vector<Named> list{{"all", all},
                          {"rotation", {.profile = profile, .rotation = 180}},
                          {"shift", {.profile = profile, .horizontal_flip = true, .shift = 0.5}},
                          {"scale", {.profile = profile, .scale = {0.1, 2}, .aspect = {0.5, 2}}},
                          {"crop", {.profile = profile, .horizontal_flip = true, .crop = 17}},
                          {"contrast", {.profile = profile, .zoom = 0.2, .contrast = {0, 3}}},
                          {"gamma", {.profile = profile, .zoom = 0.2, .gamma = {0.3, 3}}},
                          {"erasing", {.profile = profile, .zoom = 0.2, .erasing = {.probability = 1}}},
                          {"black", {.profile = profile, .erasing = {.probability = 0.5, .fill = "zero"}}},
                          {"policy", {.profile = profile, .brightness = {0.5, 1.2}, .policy = "trivial"}}};
  all.policy = "trivial";
  all.erasing.fill = "zero";
  all.crop = 0;
  list.push_back({"all and policy", all});
  return list;
}

TEST(BatchedAugmenter, EqualsTheAugmenterInEveryPartBeyondKeras) {
  for (const char* profile : {"keras-2.8", "keras-2.9"}) {
    for (const auto& [name, options] : beyondKeras(profile)) {
      for (const ImageShape shape : {ImageShape{1, 48, 48}, ImageShape{3, 33, 24}}) {
        for (const Source& source : kSources) {
          const Difference difference = compare(options, {.rescale = 1.0}, shape, source.make(shape));
          EXPECT_LE(difference.largest, 1) << profile << " " << name << " " << source.name << " " << shape.height;
          EXPECT_LE(difference.share, 1e-4) << profile << " " << name << " " << source.name << " " << shape.height;
        }
      }
    }
  }
}

// Images of a single row or column have but one neighbour.
TEST(BatchedAugmenter, TakesImagesOfOneRowOrColumn) {
  const data::AugmentOptions cases[] = {{"keras-2.8", 0.2, true, {0.2, 1.2}},
                                        {.rotation = 90, .gamma = {0.5, 2}, .erasing = {.probability = 1}}};
  for (const data::AugmentOptions& options : cases)
    for (const ImageShape shape : {ImageShape{1, 1, 7}, ImageShape{1, 7, 1}, ImageShape{1, 1, 1}})
      EXPECT_LE(compare(options, {.rescale = 1.0}, shape, noise(shape)).share, 1e-4) << shape.height;
}

TEST(BatchedAugmenter, LeavesItsInputAlone) {
  const BatchedAugmenter many({"keras-2.8", 0.2, true, {0.2, 1.2}}, {}, {1, 4, 4}, c10::kCPU);
  const at::Tensor images = at::randint(256, {2, 1, 4, 4}, at::kByte);
  const at::Tensor before = images.clone();
  many.apply(images, many.pack(std::vector<data::Augmentation>(2)));
  EXPECT_TRUE(at::equal(images, before));
}

TEST(BatchedAugmenter, RefusesAnUnknownProfile) {
  EXPECT_THROW(BatchedAugmenter({.profile = "keras-9"}, {}, {}, c10::kCPU), Error);
}

}  // namespace
}  // namespace fer::train
