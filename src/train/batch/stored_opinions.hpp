#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fer/data/training_data.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// What teachers say of a training's batches.
class Opinions {
 public:
  virtual ~Opinions() = default;
  virtual void beginEpoch(std::uint32_t) {}
  virtual at::Tensor of(std::size_t step, const Batch& batch) = 0;  ///< N x K logarithms of probabilities
};

/// Teachers' opinions of the very views that a student will see: a folder with a file an epoch, epoch-0000.safetensors,
/// of N x K logarithms of probabilities in the order in which the epoch takes its images.

/// A text that is the same for two experiments where all their views are: data, cut, seed, augmentation, mixing,
/// batches.
std::string viewsText(const Experiment& experiment, const data::TrainingData& data);

/// Whose opinions a file holds.
struct Asked {
  std::vector<std::string> teachers;  ///< their weights' files, whole paths
  std::string hash;                   ///< SHA-256 of the files' bytes and of whether they saw mirror images, too
};

/// Throws Error (bad data) where a file cannot be read.
Asked askedOf(const std::vector<std::filesystem::path>& teachers, bool mirror);

std::filesystem::path opinionsFile(const std::filesystem::path& folder, int epoch);

/// Writes one epoch's, half as many bytes as floats take. Throws Error.
void writeOpinions(const std::filesystem::path& file, const at::Tensor& log_probabilities, const std::string& views,
                   const Asked& asked);

/// Reads one epoch's as float. Throws Error (bad data) where it is missing, damaged, or of other views.
at::Tensor readOpinions(const std::filesystem::path& file, const std::string& views);

/// Throws Error (bad data) where readOpinions does, or where the file's opinions are of others than `asked`.
void requireStored(const std::filesystem::path& file, const std::string& views, const Asked& asked);

/// What options.stored holds of each batch. Throws Error (bad data) where it lacks an epoch, or the
/// first one is of other views.
std::unique_ptr<Opinions> storedOpinions(const Experiment& experiment, const data::TrainingData& data);

}  // namespace fer::train
