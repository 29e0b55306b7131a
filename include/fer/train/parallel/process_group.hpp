#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>

#include "fer/train/epoch_values.hpp"

namespace fer::train {

/// How this process was started among others that do one training.
struct Launch {
  int rank = 0;        ///< 0-based, among `size`
  int size = 1;        ///< processes; 1: it is alone
  int local_rank = 0;  ///< among those of this machine
  int local_size = 1;
  std::string address;       ///< of process 0, as the others reach it
  int port = 0;              ///< at which process 0 waits for them
  bool agent_waits = false;  ///< the launcher itself listens at that port
};

/// From the environment, which `variable` reads (null: unset): RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE,
/// MASTER_ADDR and MASTER_PORT, as torchrun and Kubernetes' PyTorchJob set them; where WORLD_SIZE is not set but
/// MASTER_ADDR is, Slurm's SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID and SLURM_NTASKS_PER_NODE. Throws Error (usage)
/// where they are incomplete or impossible. Source: torch.distributed, "env://".
Launch launchFrom(const std::function<const char*(const char* name)>& variable);

/// The processes of one training, which all call the same functions in the same order; each waits for the others. What
/// they get is the same to the bit. Throws Error where one of the others has ended. One thread at a time.
class ProcessGroup {
 public:
  /// Waits for all to come. Throws Error (usage) where this build has no c10d with gloo; Error where they do not meet.
  static std::unique_ptr<ProcessGroup> join(const Launch& launch);
  virtual ~ProcessGroup() = default;

  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// `numbers` (dense, contiguous, float or double, on any device) become the sums over all processes.
  virtual void sum(at::Tensor& numbers) = 0;

  /// Process 0's text.
  virtual std::string fromFirst(const std::string& text) = 0;

  /// Over all processes.
  Sums sum(const Sums& mine);

  /// Whether all say yes.
  bool all(bool mine);
};

/// The rows of a batch or the batches of a list that fall to one of several processes.
struct Share {
  int rank = 0;
  int size = 1;
};

}  // namespace fer::train
