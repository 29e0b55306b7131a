#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "video/libav.hpp"

namespace fer::video {

/// Pictures into the packets of a stream. Throws Error.
class Encoder {
 public:
  static constexpr int kTicks = 90'000;  ///< a second

  /// Adds its stream to `output`, whose header must not be written yet.
  Encoder(AVFormatContext& output, cv::Size size, int threads);

  void encode(const cv::Mat& picture, std::int64_t ticks);
  void finish();

 private:
  void open(AVFormatContext& output, int threads);
  void convert(const cv::Mat& picture);
  void drain();  ///< what is ready goes into the file, but for the last packet
  void writeWaiting();

  AVFormatContext& output_;
  AVStream* stream_ = nullptr;
  cv::Size size_;  ///< even
  Codec codec_;
  Scaler scaler_;
  AvFrame frame_ = makeFrame();
  Packet packet_ = makePacket();
  Packet waiting_ = makePacket();  ///< until the next one says how long it is shown; else players leave out the last
  std::int64_t shown_for_ = 0;     ///< the picture before it, in ticks of the stream; and so is the last one
};

}  // namespace fer::video
