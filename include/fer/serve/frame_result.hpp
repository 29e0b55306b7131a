#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <opencv2/core/types.hpp>
#include <optional>
#include <string>
#include <vector>

namespace fer::serve {

/// One face in one analysed frame.
struct FaceResult {
  int track = 0;                     ///< id, unique within its source, from 1
  cv::Rect box;                      ///< pixels of the upright frame, cut at its edges, never empty
  std::optional<float> score;        ///< the detector's, on frames where it was detected
  std::vector<float> probabilities;  ///< one a class, 0..1; empty on frames where this face was not classified
  std::vector<float> smoothed;       ///< one a class, 0..1; empty before the first classification of the track
  int label = -1;                    ///< smoothed label, index into classes; -1 before the first classification
  bool dark = false;                 ///< of the last classified crop
  bool blurred = false;              ///< of the last classified crop
};

/// What was found in one analysed frame.
struct FrameResult {
  std::size_t source = 0;                           ///< index into the sources
  std::int64_t frame = 0;                           ///< index of the frame in its source, from 0
  double time_s = 0;                                ///< seconds (video::Frame::time_s)
  std::chrono::system_clock::time_point wall_time;  ///< when it was captured (live) or analysed (files)
  cv::Size size;                                    ///< of the upright frame
  std::vector<FaceResult> faces;                    ///< may be empty: the frame is a result all the same
};

/// What the results are of, and what made them.
struct ResultSource {
  std::vector<std::string> sources;  ///< names, each once: they head what is written, so no password stands in them
  std::vector<std::string> classes;  ///< at least one, each once
  std::string model;
  std::string engine;
  std::string detector;
};

/// Takes results in the order of each source's frames; those of several sources may be mixed. What it cannot write it
/// throws as Error with the file's name. One thread at a time.
class ResultWriter {
 public:
  virtual ~ResultWriter() = default;
  virtual void write(const FrameResult& result) = 0;
  virtual void flush() {}  ///< what was given so far is in the file, as far as its form allows
  virtual void end() = 0;  ///< once, after the last result
};

}  // namespace fer::serve
