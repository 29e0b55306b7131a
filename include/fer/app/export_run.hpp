#pragma once

#include <filesystem>
#include <string>

namespace fer::app {

/// A run's weights for other programs.
struct ExportRequest {
  std::string run;
  std::string checkpoint = "best";  ///< "best", "last" or "final"
  /// "safetensors"; "torch": a state dict that torch.load opens; "onnx": the whole network, weights::onnxModel
  std::string format = "safetensors";
  bool half = false;          ///< kernels in float16
  bool calibrated = false;    ///< of "onnx": logits divided by the temperature that an evaluation fitted
  std::filesystem::path out;  ///< empty: the run's name in the current folder
};

/// Writes the file and prints what it holds. An ONNX model is run first, where fer was built with OpenCV, and is only
/// written if its probabilities are LibTorch's. Throws Error; of kind usage where `calibrated` is asked for and no
/// evaluation of these weights has a temperature, or where float16 is and a kernel is too large for it.
void exportRun(const ExportRequest& request);

}  // namespace fer::app
