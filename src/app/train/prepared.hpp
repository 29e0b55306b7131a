#pragma once

#include <c10/core/Device.h>

#include <memory>
#include <string>
#include <vector>

#include "fer/app/train_run.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/network.hpp"
#include "fer/nn/precision.hpp"
#include "fer/train/parallel/process_group.hpp"

namespace fer::app {

/// All that a training needs before it has a folder.
struct Prepared {
  c10::Device device{c10::kCPU};
  int threads = 1;
  nn::PrecisionChoice precision;
  data::TrainingData data;
  std::shared_ptr<nn::Network> network;
  nn::ParameterCount count;
  bool begun = false;                ///< there is a checkpoint to go on from
  std::vector<std::string> weights;  ///< lines about what a new run starts from
};

/// What was chosen (device, threads, precision, absolute paths) is put into the request's experiment, so that a resume
/// chooses the same. Throws Error.
Prepared prepare(TrainRequest& request, const train::Launch& launch);

/// "bf16 (why)".
std::string precisionText(const Prepared& prepared);

}  // namespace fer::app
