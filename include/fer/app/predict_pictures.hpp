#pragma once

#include <filesystem>
#include <vector>

#include "fer/engine/engine.hpp"
#include "fer/vision/detector.hpp"

namespace fer::app {

enum class ResultFormat { kText, kJson, kCsv };

struct PredictRequest {
  std::filesystem::path model;                ///< that fer-export wrote
  std::vector<std::filesystem::path> inputs;  ///< pictures, folders of pictures, CSVs of faces (.csv)
  bool faces = false;                         ///< pictures are faces that were cut out: nothing is looked for
  vision::DetectorOptions detector;
  engine::EngineOptions engine;
  ResultFormat format = ResultFormat::kText;
  int top = 1;                ///< emotions that the text names a face, the most probable first
  std::filesystem::path out;  ///< folder for copies of the pictures with what was found drawn in; empty: none
};

/// Says on standard output what every face of the inputs shows, picture by picture. What cannot be read is one line on
/// standard error, and the rest is done. Returns the exit code: 0, or 3 where something could not be read. Throws Error
/// where the model, the detector or the engine cannot be had, or a picture cannot be written.
int predictPictures(const PredictRequest& request);

}  // namespace fer::app
