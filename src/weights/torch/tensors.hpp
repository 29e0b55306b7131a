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

  /// The tensors out of the storages' numbers: `storages` is as long as the heap's. No two of them share bytes.
  std::map<std::string, Tensor> build(const std::vector<Bytes>& storages) const;

 private:
  const pickle::Heap& heap_;
  std::map<std::string, pickle::TensorView> views_;
};

/// Room for a storage's numbers, which `room` bytes of the file must hold: nothing larger is ever asked for. Throws
/// TorchRefusal.
Bytes emptyStorage(const pickle::Storage& storage, std::uint64_t room);

}  // namespace fer::weights
