#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>

namespace fer::video {

struct VideoWriterOptions {
  std::string sound_of{};  ///< a file whose sound is copied as it is; empty: none
  int threads = 0;         ///< that encode; 0: as many as there are processors
};

/// Throws Error (usage) unless a file's name ends as that of a video that can be written: .mp4, .mov, .mkv.
void requireVideoName(const std::filesystem::path& file);

/// Pictures with times as a video: H.264 where FFmpeg has an encoder of it, else MPEG-4. The file appears under its
/// name when it is whole; until then it is written beside it. One thread at a time; every member throws Error with the
/// path.
class VideoWriter {
 public:
  /// `file` ends in .mp4, .mov or .mkv; another ending is an error (usage). All pictures have this size; where a side
  /// is odd its last line is left out.
  VideoWriter(std::filesystem::path file, cv::Size size, const VideoWriterOptions& options);
  ~VideoWriter();  ///< without finish() nothing is left behind
  VideoWriter(const VideoWriter&) = delete;
  VideoWriter& operator=(const VideoWriter&) = delete;

  /// A picture (8 bit; blue, green, red) that is shown from `time_s` on: 0 or later, later than the one before. Kept to
  /// 1/90,000 s.
  void write(const cv::Mat& picture, double time_s);

  void finish();

  /// Why the sound was left out; empty where it was copied or there is none.
  const std::string& soundFault() const;

 private:
  class Output;
  std::unique_ptr<Output> output_;
};

}  // namespace fer::video
