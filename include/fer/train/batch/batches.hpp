#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "fer/data/augment/augment.hpp"
#include "fer/data/dataset.hpp"
#include "fer/data/training_data.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// Images and labels of one step, on the CPU.
struct Batch {
  at::Tensor images;       ///< N x C x H x W float, rescaled
  at::Tensor labels;       ///< N int64
  at::Tensor targets{};    ///< N x K float, each row's sum 1, where the dataset has soft targets; else undefined
  at::Tensor opinions{};   ///< N x K logarithms of the teachers' probabilities, float, where there are teachers
  std::int64_t first = 0;  ///< place of its first image in the step's batch, of which it may be one process' share
  std::int64_t whole = 0;  ///< images of the step's batch; 0: this is the whole

  std::int64_t size() const { return labels.size(0); }
  std::int64_t wholeSize() const { return whole != 0 ? whole : size(); }
  Batch narrowed(std::int64_t begin, std::int64_t count) const;  ///< a view of some of its images
};

/// The rows in the order of one epoch: a function of (seed, epoch) alone.
std::vector<std::uint32_t> epochOrder(std::span<const std::uint32_t> rows, std::uint32_t seed, std::uint32_t epoch);

/// The rows of an epoch, and how often each was taken before in it.
struct EpochRows {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> repeats;  ///< empty: each stands once
};

/// As options.sampler says: a function of (seed, epoch) alone, as long as data.train. "balanced" draws a class for
/// every place, and goes through that class' rows in an order drawn anew each time round.
EpochRows epochRows(const TrainOptions& options, const data::TrainingData& data, std::uint32_t epoch);

/// The rows of batch `index`: `size` of them, fewer at the end.
std::span<const std::uint32_t> batchRows(std::span<const std::uint32_t> order, std::size_t index, std::size_t size);

/// How many batches `rows` make; a partial one at the end counts unless it is dropped.
std::size_t batchCount(std::size_t rows, std::size_t size, bool drop_last);

/// How many steps an epoch has.
std::size_t stepsPerEpoch(const TrainOptions& options, const data::TrainingData& data);

/// How many images these take.
std::size_t imagesPerEpoch(const TrainOptions& options, const data::TrainingData& data);

/// What stands for the epoch where the numbers of a row's augmentation are drawn: another for each repeat.
constexpr std::uint32_t viewEpoch(std::uint32_t epoch, std::uint32_t repeat) {
  return epoch + (repeat << 20U);
}

/// Augmented images, smaller than the dataset's where augment.crop says so; what is drawn depends on (seed, epoch) and
/// each row's id alone.
struct TrainingBatches {
  const data::Dataset& dataset;
  data::AugmentOptions augment;
  data::Augmenter augmenter;
  std::uint32_t seed;
  std::span<const std::uint8_t> equalised{};  ///< TrainingData's, where augment.clahe is on

  /// `repeats`: as in EpochRows, of these rows.
  Batch make(std::span<const std::uint32_t> rows, std::uint32_t epoch,
             std::span<const std::uint32_t> repeats = {}) const;
};

/// An experiment's. Both outlive it.
TrainingBatches trainingBatches(const Experiment& experiment, const data::TrainingData& data);

/// The images as they are, rescaled.
Batch plainBatch(const data::Dataset& dataset, const data::Preprocess& preprocess, std::span<const std::uint32_t> rows);

}  // namespace fer::train
