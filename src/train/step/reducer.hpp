#pragma once

#include "fer/nn/network.hpp"
#include "fer/train/parallel/process_group.hpp"
#include "train/optim/optimiser.hpp"
#include "train/step/step.hpp"

namespace fer::train {

/// The backward pass of a batch that processes share: makes of what each process found in its share of a batch what one
/// process would have found in the whole batch. One exchange a step. The group outlives it.
class Reducer {
 public:
  explicit Reducer(ProcessGroup& group) : group_(group) {}

  /// Goes backward. Gradients become those of the whole batch's mean loss, and running values of batch norms the mean
  /// over the processes. `weight`: how much the share counts in that mean. Returns the whole batch's loss and correct
  /// count. Where a process' loss is not finite, the returned one is not, on all of them.
  Forward backward(nn::Network& network, const Optimiser& optimiser, const Forward& mine,
                   const at::Tensor& weight) const;

 private:
  ProcessGroup& group_;
};

}  // namespace fer::train
