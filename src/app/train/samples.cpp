#include "app/train/samples.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "fer/data/augment/equalised.hpp"
#include "fer/report/picture/sheet.hpp"
#include "fer/train/batch/batches.hpp"

namespace fer::app {
namespace {

/// Grey levels again, of what the network is fed.
std::vector<std::uint8_t> levelsOf(std::span<const float> values, double rescale) {
  constexpr double kWhite = 255;
  std::vector<std::uint8_t> levels;
  levels.reserve(values.size());
  for (const float value : values)
    levels.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(value / rescale, 0.0, kWhite))));
  return levels;
}

}  // namespace

std::string trainingSamples(const train::Experiment& experiment, const data::TrainingData& data) {
  constexpr std::size_t kMost = 32;
  constexpr std::size_t kColumns = 8;
  const data::Augmenter augmenter(experiment.augment, experiment.preprocess, data.dataset.shape());
  const ImageShape shape = augmenter.outputShape();
  const std::uint32_t seed = experiment.train.seed;
  const std::vector<std::uint32_t> order = train::epochOrder(data.train, seed, 0);
  report::SheetPart part{"training images as the first epoch sees them", {}};
  std::vector<float> values(shape.size());
  std::vector<std::vector<std::uint8_t>> images;
  images.reserve(kMost);  // cells point into them
  for (std::size_t i = 0; i < std::min(kMost, order.size()); ++i) {
    const std::uint32_t row = order[i];
    const data::Augmentation numbers = data::drawAugmentation(experiment.augment, seed, 0, data.dataset.rowId(row));
    augmenter.apply(data::shownPixels(data.dataset, data.equalised, row, numbers), numbers, values);
    images.push_back(levelsOf(values, experiment.preprocess.rescale));
    part.cells.push_back({images.back(), data.dataset.classes()[static_cast<std::size_t>(data.dataset.label(row))]});
  }
  return report::pictureSheet(shape, {part}, kColumns);
}

}  // namespace fer::app
