#include "fer/core/error.hpp"
#include "fer/train/parallel/process_group.hpp"

namespace fer::train {

std::unique_ptr<ProcessGroup> ProcessGroup::join(const Launch& launch) {
  throw usageError(
      "WORLD_SIZE is " + std::to_string(launch.size) +
      ", but this build trains in one process: it was made without gloo's headers (install libgloo-dev and "
      "configure anew; docs/cluster.md). Unset WORLD_SIZE to train in one process.");
}

}  // namespace fer::train
