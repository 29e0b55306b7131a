#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "fer/nn/network.hpp"
#include "fer/nn/tensor_file.hpp"
#include "fer/train/epoch_values.hpp"

namespace fer::train {

/// What a callback sees and may change at an epoch's end.
struct EpochEnd {
  int epoch;  ///< 0-based
  const EpochLogs& logs;
  nn::Network& network;
  double& lr;                        ///< of the next epoch
  std::optional<std::string>& stop;  ///< set: why the training ends here
  std::optional<int>& restored;      ///< set: the network has the weights of this earlier epoch again
  std::string& note;                 ///< shown behind the epoch's summary line
};

/// Listens to a training. What it must remember over a resume goes through save and restore.
class Callback {
 public:
  virtual ~Callback() = default;
  virtual std::string name() const = 0;          ///< its key in the checkpoint
  virtual void stepEnd(nn::Network&) {}          ///< after every step; asks the device for nothing
  virtual void evaluationBegin(nn::Network&) {}  ///< before the network is validated or kept
  virtual void epochEnd(EpochEnd&) {}            ///< between these two
  virtual void evaluationEnd(nn::Network&) {}
  /// Tensors are stored as "NAME/...".
  virtual void save(nlohmann::json& state, nn::TensorFile& tensors) const = 0;
  virtual void restore(const nlohmann::json& state, const nn::TensorFile& tensors) = 0;
};

}  // namespace fer::train
