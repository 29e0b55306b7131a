#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "fer/data/training_data.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/compute.hpp"
#include "fer/train/experiment.hpp"
#include "train/batch/batch_source.hpp"

namespace fer::train {

/// The weights' files: of a run, its best.safetensors.
std::vector<std::filesystem::path> teacherFiles(const std::vector<std::string>& runs);

/// Trained networks whose opinion of an image is a student's target: the mean of their probabilities, of the image and,
/// with train.distill.mirror, of its mirror image.
class Teachers {
 public:
  /// `runs`: folders of runs, of which best.safetensors counts, or checkpoints. Throws Error (bad data) where one
  /// cannot be read, or was trained for other classes, images or preprocessing than `data` and `experiment` have.
  Teachers(const std::vector<std::string>& runs, const Experiment& experiment, const data::TrainingData& data,
           const Compute& compute);

  /// N x K logarithms of probabilities, float, on the device of `compute`. The images may lie anywhere.
  at::Tensor logProbabilities(const at::Tensor& images) const;

 private:
  Compute compute_;
  bool mirror_;
  std::vector<std::shared_ptr<nn::Network>> networks_;
};

/// The batches of `inner`, to each of which the experiment's teachers, live or stored, say their opinion. `inner`
/// itself where it has none. All that is given outlives it.
std::unique_ptr<BatchSource> taughtBatches(std::unique_ptr<BatchSource> inner, const Experiment& experiment,
                                           const data::TrainingData& data, const Compute& compute);

}  // namespace fer::train
