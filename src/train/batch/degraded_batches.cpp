#include "train/batch/degraded_batches.hpp"

#include <utility>

#include "fer/train/batch/degrade.hpp"

namespace fer::train {
namespace {

class DegradedBatches : public ChangedBatches {
 public:
  DegradedBatches(std::unique_ptr<BatchSource> inner, Degrader degrader)
      : ChangedBatches(std::move(inner)), degrader_(std::move(degrader)) {}

  void beginEpoch(std::uint32_t epoch, std::size_t first_step, std::size_t steps) override {
    epoch_ = epoch;
    inner().beginEpoch(epoch, first_step, steps);
  }
  Batch training(std::size_t step) override {
    Batch batch = inner().training(step);
    batch.images = degrader_.apply(batch.images, epoch_, static_cast<std::uint32_t>(step), batch.first);
    return batch;
  }

 private:
  Degrader degrader_;
  std::uint32_t epoch_ = 0;
};

}  // namespace

std::unique_ptr<BatchSource> degradedBatches(std::unique_ptr<BatchSource> inner, const Experiment& experiment,
                                             c10::Device device) {
  Degrader degrader(experiment.augment, experiment.preprocess.rescale, experiment.train.seed, device);
  if (!degrader.on()) return inner;
  return std::make_unique<DegradedBatches>(std::move(inner), std::move(degrader));
}

}  // namespace fer::train
