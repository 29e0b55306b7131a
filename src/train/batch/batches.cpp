#include "fer/train/batch/batches.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "fer/core/random.hpp"
#include "fer/data/augment/equalised.hpp"

namespace fer::train {
namespace {

Batch emptyBatch(const data::Dataset& dataset, ImageShape shape, std::span<const std::uint32_t> rows) {
  const auto count = static_cast<std::int64_t>(rows.size());
  Batch batch{at::empty({count, shape.channels, shape.height, shape.width}, at::kFloat), at::empty({count}, at::kLong)};
  auto* label = batch.labels.data_ptr<std::int64_t>();
  for (const std::uint32_t row : rows) *label++ = dataset.label(row);
  if (!dataset.hasTargets()) return batch;
  batch.targets = at::empty({count, static_cast<std::int64_t>(dataset.classes().size())}, at::kFloat);
  auto* share = batch.targets.data_ptr<float>();
  for (const std::uint32_t row : rows)
    share = std::copy_n(dataset.target(row).begin(), dataset.classes().size(), share);
  return batch;
}

}  // namespace

Batch Batch::narrowed(std::int64_t begin, std::int64_t count) const {
  return {images.narrow(0, begin, count),
          labels.narrow(0, begin, count),
          targets.defined() ? targets.narrow(0, begin, count) : targets,
          opinions.defined() ? opinions.narrow(0, begin, count) : opinions,
          first + begin,
          wholeSize()};
}

std::vector<std::uint32_t> epochOrder(std::span<const std::uint32_t> rows, std::uint32_t seed, std::uint32_t epoch) {
  std::vector<std::uint32_t> order(rows.begin(), rows.end());
  RandomStream stream(seed, Purpose::kShuffle, epoch);
  shuffle(std::span(order), stream);
  return order;
}

EpochRows epochRows(const TrainOptions& options, const data::TrainingData& data, std::uint32_t epoch) {
  if (options.sampler != "balanced") return {epochOrder(data.train, options.seed, epoch), {}};
  struct Turn {
    std::vector<std::uint32_t> rows;
    std::size_t next = 0;
    std::uint32_t round = 0;
  };
  std::vector<Turn> turns(data.dataset.classes().size());
  for (const std::uint32_t row : data.train)
    turns[static_cast<std::size_t>(data.dataset.label(row))].rows.push_back(row);
  std::erase_if(turns, [](const Turn& turn) { return turn.rows.empty(); });
  RandomStream stream(options.seed, Purpose::kShuffle, epoch);
  EpochRows epoch_rows;
  epoch_rows.rows.reserve(data.train.size());
  epoch_rows.repeats.reserve(data.train.size());
  while (epoch_rows.rows.size() < data.train.size()) {
    Turn& turn = turns[stream.below(static_cast<std::uint32_t>(turns.size()))];
    if (turn.next == turn.rows.size()) {
      turn.next = 0;
      ++turn.round;
    }
    if (turn.next == 0) shuffle(std::span(turn.rows), stream);
    epoch_rows.rows.push_back(turn.rows[turn.next++]);
    epoch_rows.repeats.push_back(turn.round);
  }
  return epoch_rows;
}

std::span<const std::uint32_t> batchRows(std::span<const std::uint32_t> order, std::size_t index, std::size_t size) {
  const std::size_t begin = std::min(order.size(), index * size);
  return order.subspan(begin, std::min(size, order.size() - begin));
}

std::size_t batchCount(std::size_t rows, std::size_t size, bool drop_last) {
  return drop_last ? rows / size : (rows + size - 1) / size;
}

std::size_t stepsPerEpoch(const TrainOptions& options, const data::TrainingData& data) {
  return batchCount(data.train.size(), static_cast<std::size_t>(options.batch_size), options.drop_last);
}

std::size_t imagesPerEpoch(const TrainOptions& options, const data::TrainingData& data) {
  return std::min(data.train.size(), stepsPerEpoch(options, data) * static_cast<std::size_t>(options.batch_size));
}

Batch TrainingBatches::make(std::span<const std::uint32_t> rows, std::uint32_t epoch,
                            std::span<const std::uint32_t> repeats) const {
  Batch batch = emptyBatch(dataset, augmenter.outputShape(), rows);
  const std::size_t size = augmenter.outputShape().size();
  auto* out = batch.images.data_ptr<float>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t view = viewEpoch(epoch, repeats.empty() ? 0 : repeats[i]);
    const data::Augmentation numbers = data::drawAugmentation(augment, seed, view, dataset.rowId(rows[i]));
    augmenter.apply(data::shownPixels(dataset, equalised, rows[i], numbers), numbers, {out, size});
    out += size;
  }
  return batch;
}

TrainingBatches trainingBatches(const Experiment& experiment, const data::TrainingData& data) {
  return {data.dataset,
          experiment.augment,
          {experiment.augment, experiment.preprocess, data.dataset.shape()},
          experiment.train.seed,
          data.equalised};
}

Batch plainBatch(const data::Dataset& dataset, const data::Preprocess& preprocess,
                 std::span<const std::uint32_t> rows) {
  Batch batch = emptyBatch(dataset, dataset.shape(), rows);
  const std::size_t size = dataset.shape().size();
  auto* out = batch.images.data_ptr<float>();
  for (const std::uint32_t row : rows) {
    data::preprocess(preprocess, dataset.pixels(row), {out, size});
    out += size;
  }
  return batch;
}

}  // namespace fer::train
