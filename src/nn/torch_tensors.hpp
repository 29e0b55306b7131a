#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "nn/torch_pickle_heap.hpp"

namespace fer::nn {

/// The tensors of a state dict that a pickle describes, each checked against its storage: element type, shape, strides
/// within the storage, and all together no larger than kTorchFileGrowth times the file.
class TorchTensors {
 public:
  /// `root`: what the pickle gave. Throws TorchRefusal.
  TorchTensors(const pickle::Heap& heap, pickle::Value root, std::uint64_t file_size);

  /// Contiguous tensors out of the storages' numbers: `storages` is as long as the heap's, each one-dimensional.
  std::map<std::string, at::Tensor> build(std::vector<at::Tensor> storages) const;

 private:
  const pickle::Heap& heap_;
  std::map<std::string, pickle::TensorView> views_;
};

/// Room for a storage's numbers, which `room` bytes of the file must hold: nothing larger is ever asked for. Throws
/// TorchRefusal.
at::Tensor emptyStorage(const pickle::Storage& storage, std::uint64_t room);

}  // namespace fer::nn
