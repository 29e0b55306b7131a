#include <optional>

#include "train/batch/batch_source.hpp"
#include "train/batch/mixing.hpp"
#include "train/batch/prefetch.hpp"

namespace fer::train {
namespace {

class HostBatches : public BatchSource {
 public:
  HostBatches(const Experiment& experiment, const data::TrainingData& data)
      : experiment_(experiment),
        data_(data),
        augmented_{data.dataset,
                   experiment.augment,
                   {experiment.augment, experiment.preprocess, data.dataset.shape()},
                   experiment.train.seed} {}

  void beginEpoch(std::uint32_t epoch, std::size_t first_step, std::size_t steps) override {
    loader_.reset();
    order_ = epochOrder(data_.train, experiment_.train.seed, epoch);
    load(first_step, steps, [this, epoch](std::size_t step) { return make(epoch, step); });
  }

  Batch training(std::size_t) override { return *loader_->next(); }

  void beginValidation() override {
    load(0, validationBatches(), [this](std::size_t index) {
      return plainBatch(data_.dataset, experiment_.preprocess, batchRows(data_.validation, index, size()));
    });
  }

  std::size_t validationBatches() const override { return batchCount(data_.validation.size(), size(), false); }

  Batch validation(std::size_t) override { return *loader_->next(); }

 private:
  std::size_t size() const { return static_cast<std::size_t>(experiment_.train.batch_size); }

  Batch make(std::uint32_t epoch, std::size_t step) const {
    return mixed(experiment_.train.mix, {experiment_.train.seed, epoch, static_cast<std::uint32_t>(step)},
                 augmented_.make(batchRows(order_, step, size()), epoch),
                 static_cast<std::int64_t>(data_.dataset.classes().size()));
  }

  void load(std::size_t begin, std::size_t end, Prefetch<Batch>::Make make) {
    loader_.reset();
    loader_.emplace(std::move(make), begin, end, static_cast<std::size_t>(experiment_.machine.loader_threads));
  }

  const Experiment& experiment_;
  const data::TrainingData& data_;
  TrainingBatches augmented_;
  std::vector<std::uint32_t> order_;
  std::optional<Prefetch<Batch>> loader_;  ///< goes first: its threads read the rest
};

}  // namespace

std::unique_ptr<BatchSource> hostBatches(const Experiment& experiment, const data::TrainingData& data) {
  return std::make_unique<HostBatches>(experiment, data);
}

}  // namespace fer::train
