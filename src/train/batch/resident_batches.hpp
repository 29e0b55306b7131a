#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <cstdint>
#include <span>

#include "fer/train/batch/batches.hpp"
#include "train/batch/batched_augment.hpp"

namespace fer::train {

/// A dataset's images, labels and soft targets on a device, and batches made of them there: what leaves the host is an
/// epoch's order and its drawn numbers, once an epoch. Nothing here waits for the device but the uploads. One thread at
/// a time.
class ResidentBatches {
 public:
  /// Uploads the dataset, and `equalised` (TrainingData's) behind it; on the CPU a dataset alone is used where it lies,
  /// so it must outlive this. Throws c10::OutOfMemoryError where the device has no room for it, std::invalid_argument
  /// where augment.clahe is on and there is nothing equalised.
  ResidentBatches(const data::Dataset& dataset, const data::AugmentOptions& augment, const data::Preprocess& preprocess,
                  std::uint32_t seed, std::size_t batch_size, c10::Device device,
                  std::span<const std::uint8_t> equalised = {});

  /// Uploads the order of an epoch and the numbers drawn for its images; see EpochRows.
  void beginEpoch(std::span<const std::uint32_t> order, std::uint32_t epoch,
                  std::span<const std::uint32_t> repeats = {});

  /// Batch `step` of the epoch, augmented; what is drawn depends on (seed, epoch) and each row's id alone. Fewer images
  /// at the end. Views of a buffer that is filled anew every so many steps: use it before the next call.
  Batch augmented(std::size_t step);

  /// Rows of the dataset as plain() takes them.
  at::Tensor upload(std::span<const std::uint32_t> rows) const;

  /// The images as they are, rescaled.
  Batch plain(const at::Tensor& rows) const;

 private:
  void fill(std::int64_t begin);

  const data::Dataset& dataset_;
  data::AugmentOptions augment_;
  std::uint32_t seed_;
  double rescale_;
  std::int64_t batch_size_;
  std::int64_t chunk_size_;  ///< images augmented at once, a multiple of the batch size
  c10::Device device_;
  BatchedAugmenter augmenter_;
  at::Tensor pixels_;              ///< N x C x H x W uint8; 2N with those equalised
  at::Tensor labels_;              ///< N int64
  at::Tensor targets_;             ///< N x K float; undefined where the dataset has none
  at::Tensor order_;               ///< the epoch's rows, int64
  at::Tensor shown_;               ///< which images of pixels_ these show, int64
  at::Tensor numbers_;             ///< packed, in that order
  Batch chunk_{};                  ///< images [chunk_begin_, + chunk size) of the order
  std::int64_t chunk_begin_ = -1;  ///< none yet
};

}  // namespace fer::train
