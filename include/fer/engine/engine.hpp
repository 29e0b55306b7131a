#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fer/predict/predictor.hpp"
#include "fer/weights/description.hpp"

/// Networks that fer-export wrote, run without LibTorch.
namespace fer::engine {

/// What runs a model.
struct EngineOptions {
  /// "opencv": OpenCV's dnn, always there. "xnnpack": about twice as fast, and "openvino": as fast or faster, where fer
  /// was built with them. "openvino-bf16": on processors with instructions for bfloat16 faster again, but rounded:
  /// probabilities differ in the third digit. "auto": the fastest of those in float32 that takes the model.
  std::string name = "auto";
  int threads = 0;  ///< that compute; 0: every processor that it may use
};

/// The engines that fer was built with, the fastest in float32 first.
std::vector<std::string> engineNames();

/// An exported model, ready for use.
struct ExportedModel {
  weights::ModelDescription description;
  std::unique_ptr<predict::Predictor> predictor;  ///< one thread at a time
  std::string engine;                             ///< what runs it: a name of engineNames()
  std::size_t faces_at_once = 1;                  ///< images that the engine is best given together
};

/// Opens a model that fer-export wrote. OpenCV's number of threads is one for the whole process, and is set to that of
/// the model whenever it computes. Throws Error (bad data) where the file is missing, no ONNX model, damaged, or not of
/// fer; and Error (usage) for an engine that is unknown or that fer was built without, listing those that there are.
ExportedModel openModel(const std::filesystem::path& path, const EngineOptions& options);

/// The same of a file's bytes. `origin` is its path, for messages.
ExportedModel openModel(std::string bytes, const std::string& origin, const EngineOptions& options);

}  // namespace fer::engine
