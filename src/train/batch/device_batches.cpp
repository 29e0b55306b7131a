#include <algorithm>

#include "train/batch/batch_source.hpp"
#include "train/batch/mixing.hpp"
#include "train/batch/progressive.hpp"
#include "train/batch/resident_batches.hpp"

namespace fer::train {
namespace {

/// Validation keeps no activations for a backward pass, so its batches may be larger; by pixels, not by images, since
/// some networks enlarge them first.
std::int64_t validationBatch(const Experiment& experiment, ImageShape shape) {
  constexpr std::int64_t kPixels = std::int64_t{512} * 48 * 48;
  const graph::InputOptions& input = experiment.model.input;
  const std::int64_t height = input.height != 0 ? input.height : shape.height;
  const std::int64_t width = input.width != 0 ? input.width : shape.width;
  return std::max<std::int64_t>(experiment.train.batch_size, kPixels / (height * width));
}

class DeviceBatches : public BatchSource {
 public:
  DeviceBatches(const Experiment& experiment, const data::TrainingData& data, c10::Device device, const Share& share)
      : experiment_(experiment),
        data_(data),
        share_(share),
        batches_(data.dataset, experiment.augment, experiment.preprocess, experiment.train.seed,
                 static_cast<std::size_t>(experiment.train.batch_size), device, data.equalised),
        validation_(batches_.upload(data.validation)),
        validation_size_(validationBatch(experiment, data.dataset.shape())) {}

  void beginEpoch(std::uint32_t epoch, std::size_t, std::size_t) override {
    epoch_ = epoch;
    const EpochRows order = epochRows(experiment_.train, data_, epoch);
    batches_.beginEpoch(order.rows, epoch, order.repeats);
    side_ = sideOf(experiment_.train.progressive, epoch);
  }

  Batch training(std::size_t step) override {
    const Batch whole = mixed(experiment_.train.mix, {experiment_.train.seed, epoch_, static_cast<std::uint32_t>(step)},
                              batches_.augmented(step), static_cast<std::int64_t>(data_.dataset.classes().size()));
    const Range mine = rangeOf(share_, whole.size());
    return resized(whole.narrowed(mine.begin, mine.end - mine.begin), side_);
  }

  void beginValidation() override {}

  std::size_t validationBatches() const override {
    return static_cast<std::size_t>(validationRange().end - validationRange().begin);
  }

  Batch validation(std::size_t index) override {
    const std::int64_t begin = (validationRange().begin + static_cast<std::int64_t>(index)) * validation_size_;
    return batches_.plain(validation_.narrow(0, begin, std::min(validation_size_, validation_.size(0) - begin)));
  }

 private:
  Range validationRange() const {
    return rangeOf(share_, static_cast<std::int64_t>(
                               batchCount(data_.validation.size(), static_cast<std::size_t>(validation_size_), false)));
  }

  const Experiment& experiment_;
  const data::TrainingData& data_;
  Share share_;
  ResidentBatches batches_;
  at::Tensor validation_;  ///< rows
  std::int64_t validation_size_;
  std::uint32_t epoch_ = 0;
  int side_ = 0;
};

}  // namespace

std::unique_ptr<BatchSource> deviceBatches(const Experiment& experiment, const data::TrainingData& data,
                                           c10::Device device, const Share& share) {
  return std::make_unique<DeviceBatches>(experiment, data, device, share);
}

}  // namespace fer::train
