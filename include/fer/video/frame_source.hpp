#pragma once

#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string>

#include "fer/video/frame.hpp"

/// Videos, network streams and cameras as frames with times; frames as a video.
namespace fer::video {

struct SourceInfo {
  cv::Size size;                     ///< upright; a stream may change it later
  double fps = 0;                    ///< mean rate as the source states it; 0 where it does not
  std::optional<double> duration_s;  ///< of a file that states it
  bool is_live = false;              ///< it does not wait for its reader: what is not taken in time is lost
};

/// Frames, one after the other. One thread at a time.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual const SourceInfo& info() const = 0;

  /// The next frame; nothing at the end. A frame of a file that cannot be decoded is left out and counted. Throws Error
  /// (bad data) where a source fails: its connection is lost, or nothing came for SourceOptions::timeout_s.
  virtual std::optional<Frame> next() = 0;

  /// What could not be decoded so far: packets of a file or stream.
  virtual std::int64_t damaged() const = 0;
};

struct SourceOptions {
  int threads = 1;        ///< that decode; of a live source always one, since more delay its frames
  double timeout_s = 10;  ///< seconds without anything from a network source after which it has failed
  std::function<bool()> stop = [] {
    return false;
  };  ///< asked while a network source is waited for; true ends the wait
};

/// Whether a name is the address of a network source (rtsp://, http://, ...) and no file.
bool isAddress(const std::string& name);

/// An address without the user and password that may stand in it, for whatever is shown or written; a file's name as it
/// is.
std::string shownName(const std::string& name);

/// Opens a video file or a network stream (whatever FFmpeg reads), upright as its rotation says. A network source is
/// live, but for a file that lies behind http:// and states its duration. Throws Error (bad data) where it cannot be
/// opened or holds no video.
std::unique_ptr<FrameSource> openVideo(const std::string& name, const SourceOptions& options);

/// Opens the camera of a number (/dev/videoN). Throws Error (bad data) where there is none, or it is in use.
std::unique_ptr<FrameSource> openCamera(int number);

}  // namespace fer::video
