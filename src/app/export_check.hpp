#pragma once

#include <string>

#include "fer/nn/checkpoint.hpp"

namespace fer::app {

/// How far an exported model is from its network in LibTorch.
struct ExportCheck {
  bool made = false;      ///< not where fer was built without OpenCV
  double difference = 0;  ///< the largest of a probability
};

/// Runs an exported model in OpenCV and its network in LibTorch on images of random pixels (seeded: the same every
/// time), one alone and several at once. Throws Error where it does not run.
ExportCheck checkExport(const std::string& onnx, const nn::LoadedModel& model);

}  // namespace fer::app
