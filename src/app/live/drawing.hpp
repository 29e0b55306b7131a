#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "fer/app/live.hpp"
#include "fer/video/video_writer.hpp"

namespace fer::app {

/// A copy of a frame with a box about each face and who it is and what it shows ("#3 happy 83 %").
cv::Mat drawn(const serve::AnalysedFrame& frame, const std::vector<std::string>& classes);

/// Videos of drawn frames, one a source.
class DrawnVideos {
 public:
  /// Of one source into the file `out`, of several into the folder `out`, under the names of their sources. Throws
  /// Error (usage) where a video would be written over its source, or under an ending that no video has.
  DrawnVideos(const std::filesystem::path& out, const LiveRequest& request, const serve::ResultSource& source);

  void write(std::size_t source, const cv::Mat& picture, double time_s);

  /// Finishes them all. Says what became of their sound where it was left out, a line each.
  std::vector<std::string> finish();

 private:
  struct Video {
    std::filesystem::path file;
    std::string sound_of;
    cv::Size size;
    std::unique_ptr<video::VideoWriter> writer;  ///< from the first frame on
  };
  std::vector<Video> videos_;
};

}  // namespace fer::app
