#include <optional>

#include "train/batch/batch_source.hpp"
#include "train/batch/mixing.hpp"
#include "train/batch/prefetch.hpp"
#include "train/batch/progressive.hpp"

namespace fer::train {
namespace {

class HostBatches : public BatchSource {
 public:
  HostBatches(const Experiment& experiment, const data::TrainingData& data, const Share& share)
      : experiment_(experiment), data_(data), share_(share), augmented_(trainingBatches(experiment, data)) {}

  void beginEpoch(std::uint32_t epoch, std::size_t first_step, std::size_t steps) override {
    loader_.reset();
    order_ = epochRows(experiment_.train, data_, epoch);
    const int side = sideOf(experiment_.train.progressive, epoch);
    load(first_step, steps, [=, this](std::size_t step) { return resized(make(epoch, step), side); });
  }

  Batch training(std::size_t) override { return *loader_->next(); }

  void beginValidation() override {
    const auto first = static_cast<std::size_t>(validationRange().begin);
    load(first, first + validationBatches(), [this](std::size_t index) {
      return plainBatch(data_.dataset, experiment_.preprocess, batchRows(data_.validation, index, size()));
    });
  }

  std::size_t validationBatches() const override {
    return static_cast<std::size_t>(validationRange().end - validationRange().begin);
  }

  Batch validation(std::size_t) override { return *loader_->next(); }

 private:
  std::size_t size() const { return static_cast<std::size_t>(experiment_.train.batch_size); }

  Range validationRange() const {
    return rangeOf(share_, static_cast<std::int64_t>(batchCount(data_.validation.size(), size(), false)));
  }

  Batch make(std::uint32_t epoch, std::size_t step) const {
    const std::span<const std::uint32_t> rows = batchRows(order_.rows, step, size());
    const std::span<const std::uint32_t> repeats = batchRows(order_.repeats, step, size());
    const Range mine = rangeOf(share_, static_cast<std::int64_t>(rows.size()));
    const MixOptions& mix = experiment_.train.mix;
    if (mixes(mix))  // with images of any share
      return mixed(mix, {experiment_.train.seed, epoch, static_cast<std::uint32_t>(step)},
                   augmented_.make(rows, epoch, repeats), static_cast<std::int64_t>(data_.dataset.classes().size()))
          .narrowed(mine.begin, mine.end - mine.begin);
    const auto begin = static_cast<std::size_t>(mine.begin);
    const auto count = static_cast<std::size_t>(mine.end - mine.begin);
    Batch batch =
        augmented_.make(rows.subspan(begin, count), epoch, repeats.empty() ? repeats : repeats.subspan(begin, count));
    batch.first = mine.begin;
    batch.whole = static_cast<std::int64_t>(rows.size());
    return batch;
  }

  void load(std::size_t begin, std::size_t end, Prefetch<Batch>::Make make) {
    loader_.reset();
    loader_.emplace(std::move(make), begin, end, static_cast<std::size_t>(experiment_.machine.loader_threads));
  }

  const Experiment& experiment_;
  const data::TrainingData& data_;
  Share share_;
  TrainingBatches augmented_;
  EpochRows order_;
  std::optional<Prefetch<Batch>> loader_;  ///< goes first: its threads read the rest
};

}  // namespace

std::unique_ptr<BatchSource> hostBatches(const Experiment& experiment, const data::TrainingData& data,
                                         const Share& share) {
  return std::make_unique<HostBatches>(experiment, data, share);
}

}  // namespace fer::train
