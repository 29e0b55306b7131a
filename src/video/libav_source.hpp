#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "fer/video/frame_source.hpp"
#include "video/libav.hpp"

namespace fer::video {

/// A file or a network stream, read by FFmpeg.
class LibavSource : public FrameSource {
 public:
  LibavSource(const std::string& name, const SourceOptions& options);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> next() override;
  std::int64_t damaged() const override { return damaged_; }

 private:
  /// What a blocking call of FFmpeg asks now and then: whether to give up.
  class Patience {
   public:
    explicit Patience(SourceOptions options) : options_(std::move(options)) { renew(); }
    void renew();
    bool isOver() const { return timedOut() || options_.stop(); }
    bool timedOut() const { return std::chrono::steady_clock::now() > deadline_; }

   private:
    SourceOptions options_;
    std::chrono::steady_clock::time_point deadline_;
  };

  void open();
  void chooseStream();
  void openDecoder(int threads);
  void describe();
  bool decode();  ///< the next frame into decoded_; false at the end
  bool feed();    ///< one packet to the decoder; false at the end of the file
  double timeOf(const AVFrame& frame);
  double arrivalTime();  ///< of streams that carry no times
  [[noreturn]] void fail(const std::string& what, int error) const;

  std::string name_;
  std::string shown_;  ///< for messages
  bool is_address_;
  double timeout_s_;
  Patience patience_;
  Input input_;
  Codec decoder_;
  AVStream* stream_ = nullptr;  ///< of input_
  Packet packet_ = makePacket();
  AvFrame decoded_ = makeFrame();
  SourceInfo info_;
  int quarter_turns_ = 0;
  bool is_drained_ = false;
  std::int64_t frames_ = 0;
  std::int64_t damaged_ = 0;
  double last_time_ = 0;
  std::chrono::steady_clock::time_point start_;  ///< when the first frame arrived
  double shift_ = 0;                             ///< added to the container's times, where these jumped back
};

}  // namespace fer::video
