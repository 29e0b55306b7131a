#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "fer/nn/network.hpp"
#include "fer/nn/tensor_file.hpp"
#include "fer/weights/description.hpp"

namespace fer::nn {

using CheckpointDescription = weights::ModelDescription;

/// Weights, buffers and description as the tensors and metadata of a checkpoint.
TensorFile packModel(const Network& network, const CheckpointDescription& description);

/// Whether a file has a description: PyTorch's formats have no place for one.
bool hasCard(const TensorFile& file);

/// The description of a checkpoint. Throws Error (bad data) where there is none, it is damaged, or its schema is newer
/// than this program. `origin` is the file's path, for messages.
CheckpointDescription readDescription(const TensorFile& file, const std::string& origin);

/// Whether a checkpoint's tensor is the state of a training, not a weight: its name has a slash.
bool isTrainingState(const std::string& name);

/// Copies weights and buffers into a network of the same model; the state of a training is passed over. Throws Error
/// (bad data) that lists missing, extra and misshaped tensors, or those that hold NaN or infinity; then nothing was
/// copied.
void copyWeights(const TensorFile& file, Network& network, const std::string& origin);

struct LoadedModel {
  std::shared_ptr<Network> network;  ///< in evaluation mode, on the CPU
  CheckpointDescription description;
};

/// Any of a run's checkpoints as a network ready for use. Throws Error (bad data).
LoadedModel loadModel(const std::filesystem::path& path);

}  // namespace fer::nn
