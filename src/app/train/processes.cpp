#include "app/train/processes.hpp"

#include <algorithm>
#include <csignal>

#include "fer/core/error.hpp"
#include "fer/core/interrupt.hpp"
#include "fer/core/processors.hpp"
#include "fer/nn/device.hpp"

namespace fer::app {

void shareMachine(train::MachineOptions& machine, const train::Launch& launch) {
  if (launch.local_size == 1) return;
  if (machine.threads == 0) machine.threads = std::max(1, usableProcessors() / launch.local_size);
  if (machine.device == "cuda" || (machine.device == "auto" && nn::chooseDevice("auto").is_cuda()))
    machine.device = "cuda:" + std::to_string(launch.local_rank);
}

void invite(train::ProcessGroup& group, const RunDirectory& run, const data::TrainingData& data) {
  group.fromFirst(std::filesystem::absolute(run.path()).string());
  group.fromFirst(data.data_hash);
}

RunDirectory invited(train::ProcessGroup& group, const data::TrainingData& data) {
  const std::string path = group.fromFirst({});
  const std::string hash = group.fromFirst({});
  const std::string self = "process " + std::to_string(group.rank()) + ": ";
  if (hash != data.data_hash)
    throw dataError(self + data.options.path + " holds other images than process 0 has (" + data.data_hash + ", " +
                    hash + "). Give all processes the same data.");
  try {
    return RunDirectory::open(path);
  } catch (const Error& error) {
    throw usageError(self + error.what() + " The processes of a training want one folder that all of them see.");
  }
}

int signalCode() {
  constexpr int kBySignal = 128;
  return kBySignal + (interruptSignal() == 0 ? SIGTERM : interruptSignal());
}

}  // namespace fer::app
