#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fer/graph/models/table.hpp"
#include "fer/nn/network.hpp"

namespace fer::nn {

/// What became of the tensors when a file's weights were put into a network.
struct Transfer {
  std::vector<std::string> copied;       ///< of the network, taken from the file
  std::vector<std::string> initialised;  ///< of the network, not in the file: they keep their values
  std::vector<std::string> skipped;      ///< of the file, with no place in the network
  std::vector<std::string> notes;        ///< what else was done to the file's tensors, for the log
};

/// Puts a pretrained body with torchvision's tensor names into a network of `entry`: a state dict in a .pth file of
/// either format, or safetensors (weights::readAnyFile). The file's classifier, torchvision's or timm's, and counts of
/// batches are skipped, and the network's head keeps its values. Throws Error (bad data) that lists every other tensor
/// that is missing, extra, misshaped or not float32, or names those that hold NaN or infinity; then nothing was
/// copied. Throws Error (usage) for a network without such a body.
Transfer loadPretrained(const std::filesystem::path& file, const graph::ModelEntry& entry, Network& network);

/// Copies from a weights file, or the best checkpoint of a run, every tensor that the network has by the same name and
/// shape. `classes` are the network's: where the file's are the same in another order, its last layer's rows are
/// matched by name; where they are others that layer keeps its values. The file need not be of fer's; the notes say so
/// where it has no description, and nothing is known of its classes. Throws Error (bad data) where no tensor fits, or
/// where one holds NaN or infinity; then nothing was copied.
Transfer startFrom(const std::filesystem::path& run_or_file, Network& network, const std::vector<std::string>& classes);

}  // namespace fer::nn
