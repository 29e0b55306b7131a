#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "fer/serve/stream/pipeline.hpp"

namespace fer::serve {
namespace {

/// A file that plays at its own speed, again and again.
class PlayedAgain : public video::FrameSource {
 public:
  PlayedAgain(std::string file, video::SourceOptions options)
      : file_(std::move(file)),
        options_(std::move(options)),
        source_(video::openVideo(file_, options_)),
        info_(source_->info()) {
    info_.is_live = true;
  }

  const video::SourceInfo& info() const override { return info_; }
  std::int64_t damaged() const override { return 0; }

  std::optional<video::Frame> next() override {
    std::optional<video::Frame> frame = source_->next();
    if (!frame) {
      source_ = video::openVideo(file_, options_);
      round_start_ = last_ + (info_.fps > 0 ? 1 / info_.fps : 0);
      frame = source_->next();
      if (!frame) return std::nullopt;
    }
    frame->index = frames_++;
    frame->time_s += round_start_;
    last_ = frame->time_s;
    std::this_thread::sleep_until(
        start_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(frame->time_s)));
    frame->wall_time = std::chrono::system_clock::now();
    return frame;
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::string file_;
  video::SourceOptions options_;
  std::unique_ptr<video::FrameSource> source_;
  video::SourceInfo info_;
  Clock::time_point start_ = Clock::now();
  std::int64_t frames_ = 0;
  double round_start_ = 0;
  double last_ = 0;
};

}  // namespace

StreamSource fileOrAddress(const std::string& name) {
  return {video::shownName(name), video::isAddress(name),
          [name](const video::SourceOptions& options) { return video::openVideo(name, options); }};
}

StreamSource camera(int number) {
  return {"camera " + std::to_string(number), true,
          [number](const video::SourceOptions&) { return video::openCamera(number); }};
}

StreamSource playedAgain(const std::string& file, const std::string& name) {
  return {name, true,
          [file](const video::SourceOptions& options) { return std::make_unique<PlayedAgain>(file, options); }};
}

}  // namespace fer::serve
