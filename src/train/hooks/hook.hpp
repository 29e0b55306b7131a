#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fer/nn/network.hpp"
#include "fer/nn/tensor_file.hpp"
#include "fer/train/epoch_values.hpp"
#include "fer/train/training_state.hpp"

namespace fer::train {

/// What a hook sees after a step.
struct StepEnd {
  nn::Network& network;
  std::int64_t images;  ///< of the epoch so far, this step's included
  const Sums& sums;     ///< of the steps whose numbers are known: a device is asked at the epoch's end
};

/// What a hook sees and may change at an epoch's end.
struct EpochEnd {
  int epoch;  ///< 0-based
  const EpochLogs& logs;
  const EpochTiming& timing;
  nn::Network& network;
  double& lr;                        ///< of the next epoch
  std::optional<std::string>& stop;  ///< set: why the training ends here
  std::optional<int>& restored;      ///< set: the network has the weights of this earlier epoch again
  std::string note;                  ///< shown behind the epoch's summary line
};

/// Listens to a training: whatever that does beside its steps. Hooks are called in the order in which they were given.
/// What one must remember over a resume goes through save and restore.
class Hook {
 public:
  virtual ~Hook() = default;
  virtual void trainBegin(const TrainingState&) {}
  virtual void epochBegin(nn::Network&, const TrainingState&) {}  ///< or what is left of one
  virtual void stepEnd(const StepEnd&) {}                         ///< asks the device for nothing
  virtual void evaluationBegin(nn::Network&) {}                   ///< before the network is validated or kept
  virtual void epochEnd(EpochEnd&) {}                             ///< between these two
  virtual void evaluationEnd(nn::Network&) {}
  virtual void epochDone(const TrainingState&) {}  ///< the next one is up
  virtual void paused(const TrainingState&) {}     ///< interrupted, or asked to go no further: the last call
  virtual void failed() {}                         ///< likewise
  virtual void trainEnd(const TrainingState&) {}   ///< likewise, and between evaluationBegin and evaluationEnd

  virtual std::string name() const { return {}; }  ///< its key in the checkpoint; empty: it remembers nothing
  /// Tensors are stored as "NAME/...".
  virtual void save(nlohmann::json&, nn::TensorFile&) const {}
  virtual void restore(const nlohmann::json&, const nn::TensorFile&) {}
};

using Hooks = std::vector<std::unique_ptr<Hook>>;

}  // namespace fer::train
