#pragma once

#include <filesystem>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// A model's state dict as PyTorch's torch.save writes it, in the zip format (PyTorch 1.6 and later) or in the one
/// before it, pickle protocols 2 to 4. Of a training checkpoint, a dict of more than weights, what stands under the
/// usual name of them is read ("state_dict", "model", ...), and the notes say so. The result has no metadata; strides
/// are resolved, and no two tensors share memory.
///
/// Nothing in the file is run: its pickle may build dicts, tuples and lists of numbers, texts and tensors, and nothing
/// else. Throws Error (bad data) that names path and fault where the file is missing, truncated, oversized or damaged,
/// is compressed or big-endian, asks for anything that a state dict needs not (a whole pickled model does), or holds
/// an element type that DType lacks. The tensors' bytes are at most kTorchFileGrowth times the file's; the pickle, of 4
/// MiB at most, may take some 100 times its bytes while it is read.
NamedTensors readTorchFile(const std::filesystem::path& path);

/// Views that share one storage become tensors of their own, so that a file may grow when read; no further than this.
inline constexpr int kTorchFileGrowth = 4;

/// A zip file that Python's torch.load(path, weights_only=True) opens as an OrderedDict of name -> tensor on the CPU.
/// The metadata is dropped: the format has no place for it. Equal content gives equal bytes. Written whole or not at
/// all; holds a second copy of the content in memory meanwhile. Throws Error where it cannot be written.
void writeTorchFile(const std::filesystem::path& path, const NamedTensors& content);

}  // namespace fer::weights
