#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fer/weights/tensor.hpp"
#include "weights/torch/pickle_heap.hpp"

namespace fer::weights {

/// The tensors of a state dict that a pickle describes, each checked against its storage: element type, shape, strides
/// within the storage, and all together no larger than kTorchFileGrowth times the file.
class TorchTensors {
 public:
  /// `root`: what the pickle gave. Throws TorchRefusal.
  TorchTensors(const pickle::Heap& heap, pickle::Value root, std::uint64_t file_size);

  /// Whether a tensor has its numbers in that storage of the heap: of a training checkpoint most are the optimiser's.
  bool needs(std::size_t storage) const { return needed_[storage]; }

  /// The tensors out of the storages' numbers: `storages` is as long as the heap's, and empty where none is needed. No
  /// two of them share bytes.
  NamedTensors build(const std::vector<Bytes>& storages) const;

 private:
  const pickle::Heap& heap_;
  std::map<std::string, pickle::TensorView> views_;
  std::vector<bool> needed_;  ///< a storage each
  std::vector<std::string> notes_;
};

/// The bytes of a storage's numbers, which are at most `room`: nothing larger is ever asked for. Throws TorchRefusal.
std::uint64_t storageSize(const pickle::Storage& storage, std::uint64_t room);

}  // namespace fer::weights
