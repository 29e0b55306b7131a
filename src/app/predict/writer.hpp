#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "app/predict/prediction.hpp"

namespace fer::app {

/// What all predictions have in common.
struct PredictionSource {
  std::string model;  ///< its file
  std::string engine;
  std::string detector;  ///< empty where nothing was looked for
  std::vector<std::string> classes;
};

/// Writes predictions as they come, to a stream that outlives it.
class PredictionWriter {
 public:
  virtual ~PredictionWriter() = default;
  virtual void write(const Prediction& prediction) = 0;
  virtual void writeFault(const std::string& image, const std::string& message) = 0;  ///< nothing could be read
  virtual void end() = 0;
};

/// A line a face for people, with the `top` most probable classes; names are padded to `name_width`.
std::unique_ptr<PredictionWriter> textWriter(std::ostream& out, const PredictionSource& source, std::size_t top,
                                             std::size_t name_width);
/// One object, docs/predict.md.
std::unique_ptr<PredictionWriter> jsonWriter(std::ostream& out, const PredictionSource& source);
/// A line a face, and one for a picture without a face; docs/predict.md.
std::unique_ptr<PredictionWriter> csvWriter(std::ostream& out, const PredictionSource& source);

}  // namespace fer::app
