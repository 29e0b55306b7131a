#pragma once

#include <string>

#include "weights/torch/pickle_heap.hpp"

namespace fer::weights {

/// The dict of tensors in what a pickle gave.
struct StateDict {
  pickle::Value dict;
  std::string entry;  ///< of a training checkpoint the entry, "model/state_dict"; empty: the pickle is the state dict
};

/// The pickle itself, or where that is a dict of other things, as training scripts save it, what stands under one of
/// the names that those give to the weights. Throws TorchRefusal where there is no dict at all.
StateDict findStateDict(const pickle::Heap& heap, pickle::Value root);

}  // namespace fer::weights
