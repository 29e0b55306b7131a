#include <cmath>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/data/augment/augment.hpp"

namespace fer::data {
namespace {

/// Streams of one image. The numbers and the order in each stream are part of the format of a run: append only.
enum Part : std::uint32_t { kKeras, kWarp, kTones, kErasing, kPolicy, kFlipped, kClahe };

double between(const std::vector<double>& range, RandomStream& stream) {
  return stream.uniform(range.at(0), range.at(1));
}

double betweenLogs(const std::vector<double>& range, RandomStream& stream) {
  return std::exp(stream.uniform(std::log(range.at(0)), std::log(range.at(1))));
}

void drawWarp(const AugmentOptions& options, RandomStream stream, Augmentation& numbers) {
  numbers.rotation = stream.uniform(-options.rotation, options.rotation);
  numbers.shear = stream.uniform(-options.shear, options.shear);
  numbers.shift_rows = stream.uniform(-options.shift, options.shift);
  numbers.shift_columns = stream.uniform(-options.shift, options.shift);
  numbers.scale = between(options.scale, stream);
  numbers.aspect = betweenLogs(options.aspect, stream);
  numbers.place_rows = static_cast<double>(stream.uniform());
  numbers.place_columns = static_cast<double>(stream.uniform());
}

void drawTones(const AugmentOptions& options, RandomStream stream, Augmentation& numbers) {
  numbers.contrast = between(options.contrast, stream);
  numbers.gamma = betweenLogs(options.gamma, stream);
}

void drawErasing(const ErasingOptions& options, RandomStream stream, Augmentation& numbers) {
  if (static_cast<double>(stream.uniform()) >= options.probability) return;
  numbers.erase_area = between(options.area, stream);
  numbers.erase_aspect = betweenLogs(options.aspect, stream);
  numbers.erase_row = static_cast<double>(stream.uniform());
  numbers.erase_column = static_cast<double>(stream.uniform());
}

/// One operation, on top of what is drawn. Source: Mueller and Hutter 2021, TrivialAugment; the operations are those
/// that faces in grey allow, strengths those of its list for small images, gamma in place of its brightness.
void drawTrivial(RandomStream stream, Augmentation& numbers) {
  constexpr double kDegrees = 30;
  constexpr double kLean = 16.7;  ///< atan 0.3
  constexpr double kShare = 0.3;
  constexpr double kContrast = 0.9;
  constexpr std::uint32_t kOperations = 7;
  const std::uint32_t operation = stream.below(kOperations);
  const double strength = stream.uniform(-1.0, 1.0);
  switch (operation) {
    case 0:
      break;  // as it is
    case 1:
      numbers.rotation += kDegrees * strength;
      break;
    case 2:
      numbers.shear += kLean * strength;
      break;
    case 3:
      numbers.shift_rows += kShare * strength;
      break;
    case 4:
      numbers.shift_columns += kShare * strength;
      break;
    case 5:
      numbers.contrast *= 1 + kContrast * strength;
      break;
    default:
      numbers.gamma *= std::exp2(strength);
      break;
  }
}

}  // namespace

Augmentation drawAugmentation(const AugmentOptions& options, std::uint32_t seed, std::uint32_t epoch,
                              std::uint32_t row_id) {
  const auto streamOf = [&](Part part) { return RandomStream(seed, Purpose::kAugment, epoch, row_id, part); };
  RandomStream stream = streamOf(kKeras);
  // Every number of a stream is taken whether it is used or not, so that switching one transform off leaves the others'
  // numbers alone.
  Augmentation numbers;
  numbers.zoom_rows = stream.uniform(1.0 - options.zoom, 1.0 + options.zoom);
  numbers.zoom_columns = stream.uniform(1.0 - options.zoom, 1.0 + options.zoom);
  const bool flipped = stream.uniform() < 0.5F;
  numbers.flip = options.horizontal_flip && flipped;
  numbers.brightness = stream.uniform(options.brightness.at(0), options.brightness.at(1));
  if (options.flip_alternating) {
    const std::uint32_t first = RandomStream(seed, Purpose::kAugment, 0, row_id, kFlipped).bits() >> 31U;
    numbers.flip = (first + epoch) % 2 == 1;
  }
  const AugmentParts parts = augmentParts(options);
  if (parts.warp) drawWarp(options, streamOf(kWarp), numbers);
  if (parts.contrast || parts.gamma) drawTones(options, streamOf(kTones), numbers);
  if (parts.erasing) drawErasing(options.erasing, streamOf(kErasing), numbers);
  if (options.policy == "trivial") drawTrivial(streamOf(kPolicy), numbers);
  if (options.clahe.probability > 0)
    numbers.equalised = static_cast<double>(streamOf(kClahe).uniform()) < options.clahe.probability;
  return numbers;
}

}  // namespace fer::data
