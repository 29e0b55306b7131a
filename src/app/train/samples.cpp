#include "app/train/samples.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "fer/report/picture/sheet.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/batch/degrade.hpp"

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
  const std::uint32_t seed = experiment.train.seed;
  const train::TrainingBatches batches = train::trainingBatches(experiment, data);
  const train::Degrader degrader(experiment.augment, experiment.preprocess.rescale, seed, c10::kCPU);
  const ImageShape shape = batches.augmenter.outputShape();
  const std::vector<std::uint32_t> order = train::epochOrder(data.train, seed, 0);
  const auto batch_size = static_cast<std::size_t>(experiment.train.batch_size);
  report::SheetPart part{"training images as the first epoch sees them", {}};
  std::vector<std::vector<std::uint8_t>> images;
  images.reserve(kMost);  // cells point into them
  for (std::uint32_t step = 0; images.size() < std::min(kMost, order.size()); ++step) {
    std::span<const std::uint32_t> rows = train::batchRows(order, step, batch_size);
    rows = rows.first(std::min(rows.size(), kMost - images.size()));
    const at::Tensor batch = degrader.apply(batches.make(rows, 0).images, 0, step).contiguous();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::span values(batch.data_ptr<float>() + i * shape.size(), shape.size());
      images.push_back(levelsOf(values, experiment.preprocess.rescale));
      const auto label = static_cast<std::size_t>(data.dataset.label(rows[i]));
      part.cells.push_back({images.back(), data.dataset.classes()[label]});
    }
  }
  return report::pictureSheet(shape, {part}, kColumns);
}

}  // namespace fer::app
