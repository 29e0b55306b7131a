#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "fer/data/training_data.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/parallel/process_group.hpp"

namespace fer::train {

/// Where the batches of a training come from. What is in one depends on seed, epoch and step alone. One thread at a
/// time.
class BatchSource {
 public:
  virtual ~BatchSource() = default;

  /// Before the first of an epoch's steps that are left.
  virtual void beginEpoch(std::uint32_t epoch, std::size_t first_step, std::size_t steps) = 0;

  /// Augmented and mixed; asked for in the order of the steps. To be used before the next call.
  virtual Batch training(std::size_t step) = 0;

  /// The validation images as they are, in batches that need not be as large as those of training; asked for from the
  /// first to the last.
  virtual void beginValidation() = 0;
  virtual std::size_t validationBatches() const = 0;
  virtual Batch validation(std::size_t index) = 0;
};

/// Another source's batches, to which a child does something in training.
class ChangedBatches : public BatchSource {
 public:
  explicit ChangedBatches(std::unique_ptr<BatchSource> inner) : inner_(std::move(inner)) {}

  void beginValidation() override { inner_->beginValidation(); }
  std::size_t validationBatches() const override { return inner_->validationBatches(); }
  Batch validation(std::size_t index) override { return inner_->validation(index); }

 protected:
  BatchSource& inner() { return *inner_; }

 private:
  std::unique_ptr<BatchSource> inner_;
};

/// Made on the CPU by loader threads. Experiment and data outlive it. Of each batch of training it gives the images, of
/// the validation the batches, that are the share's.
std::unique_ptr<BatchSource> hostBatches(const Experiment& experiment, const data::TrainingData& data,
                                         const Share& share = {});

/// The same of images that lie on the device and are augmented there. Experiment and data outlive it. Throws
/// c10::OutOfMemoryError where the device has no room for them.
std::unique_ptr<BatchSource> deviceBatches(const Experiment& experiment, const data::TrainingData& data,
                                           c10::Device device, const Share& share = {});

/// Which of `items` fall to the share: [begin, end), in a row.
struct Range {
  std::int64_t begin;
  std::int64_t end;
};
inline Range rangeOf(const Share& share, std::int64_t items) {
  return {items * share.rank / share.size, items * (share.rank + 1) / share.size};
}

}  // namespace fer::train
