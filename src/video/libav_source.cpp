#include "video/libav_source.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include "fer/core/error.hpp"
#include "fer/core/text/numbers.hpp"
#include "video/av_pixels.hpp"

namespace fer::video {
namespace {

constexpr double kFpsOfSilence = 25;  ///< where a source states no rate

/// Whole quarter turns clockwise that make a stream's pictures upright.
int quarterTurnsOf(const AVStream& stream) {
  std::size_t bytes = 0;
  const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
  constexpr std::size_t kMatrixBytes = 9 * sizeof(std::int32_t);
  if (matrix == nullptr || bytes < kMatrixBytes) return 0;
  const double degrees = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));  // counterclockwise
  if (std::isnan(degrees)) return 0;
  constexpr double kQuarter = 90;
  constexpr int kTurns = 4;
  const int turns = static_cast<int>(std::lround(-degrees / kQuarter)) % kTurns;
  return (turns + kTurns) % kTurns;
}

}  // namespace

void LibavSource::Patience::renew() {
  using Clock = std::chrono::steady_clock;
  deadline_ =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options_.timeout_s));
}

LibavSource::LibavSource(const std::string& name, const SourceOptions& options)
    : name_(name),
      shown_(shownName(name)),
      is_address_(isAddress(name)),
      timeout_s_(options.timeout_s),
      patience_(options) {
  quietLibav();
  open();
  chooseStream();
  info_.is_live = is_address_ && (!name_.starts_with("http") || input_->duration == AV_NOPTS_VALUE);
  openDecoder(info_.is_live ? 1 : options.threads);
  describe();
}

void LibavSource::open() {
  AVFormatContext* input = avformat_alloc_context();
  if (input == nullptr) throw std::bad_alloc();
  if (is_address_) {
    input->interrupt_callback = {
        [](void* patience) { return static_cast<const Patience*>(patience)->isOver() ? 1 : 0; }, &patience_};
    input->max_analyze_duration = AV_TIME_BASE;  // one second; more would delay the first frame
  }
  AVDictionary* options = nullptr;
  av_dict_set(&options, "rtsp_transport", "tcp", 0);  // by UDP lost packets show as smeared faces
  // A path is a path, whatever it looks like.
  const std::string url = is_address_ ? name_ : "file:" + name_;
  const int error = avformat_open_input(&input, url.c_str(), nullptr, &options);
  av_dict_free(&options);
  if (error < 0) fail("cannot be opened as a video", error);  // input is freed
  input_.reset(input);
  if (const int found = avformat_find_stream_info(input, nullptr); found < 0) fail("cannot be read as a video", found);
}

void LibavSource::chooseStream() {
  const int index = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (index < 0) throw dataError(shown_ + ": holds no video.");
  for (unsigned i = 0; i < input_->nb_streams; ++i)
    if (static_cast<int>(i) != index) input_->streams[i]->discard = AVDISCARD_ALL;
  stream_ = input_->streams[index];
  if ((stream_->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
    throw dataError(shown_ + ": holds sound and a cover picture, but no video.");
}

void LibavSource::openDecoder(int threads) {
  const AVCodec* codec = avcodec_find_decoder(stream_->codecpar->codec_id);
  if (codec == nullptr)
    throw dataError(shown_ + ": FFmpeg has no decoder of " + avcodec_get_name(stream_->codecpar->codec_id) + " here.");
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_) throw std::bad_alloc();
  avcodec_parameters_to_context(decoder_.get(), stream_->codecpar);
  decoder_->pkt_timebase = stream_->time_base;
  decoder_->thread_count = threads;
  if (const int error = avcodec_open2(decoder_.get(), codec, nullptr); error < 0) fail("cannot be decoded", error);
}

void LibavSource::describe() {
  quarter_turns_ = quarterTurnsOf(*stream_);
  const cv::Size size(stream_->codecpar->width, stream_->codecpar->height);
  info_.size = quarter_turns_ % 2 == 0 ? size : cv::Size(size.height, size.width);
  info_.fps = stream_->avg_frame_rate.den > 0 ? av_q2d(stream_->avg_frame_rate) : 0;
  if (input_->duration != AV_NOPTS_VALUE) info_.duration_s = static_cast<double>(input_->duration) / AV_TIME_BASE;
}

std::optional<Frame> LibavSource::next() {
  if (!decode()) return std::nullopt;
  const auto format = static_cast<AVPixelFormat>(decoded_->format);
  if (sws_isSupportedInput(format) == 0)
    throw dataError(shown_ + ": its pixels are " + av_get_pix_fmt_name(format) + ", which FFmpeg cannot convert.");
  Frame frame;
  frame.index = frames_;
  frame.time_s = timeOf(*decoded_);
  frame.wall_time = std::chrono::system_clock::now();
  ++frames_;
  last_time_ = frame.time_s;
  frame.pixels = std::make_shared<AvPixels>(std::exchange(decoded_, makeFrame()), quarter_turns_);
  return frame;
}

bool LibavSource::decode() {
  while (true) {
    const int error = avcodec_receive_frame(decoder_.get(), decoded_.get());
    if (error == 0) return true;
    if (error == AVERROR_EOF) return false;
    if (error != AVERROR(EAGAIN)) {
      ++damaged_;
      if (is_drained_) return false;
    }
    if (!is_drained_ && !feed()) {
      is_drained_ = true;
      avcodec_send_packet(decoder_.get(), nullptr);
    }
  }
}

bool LibavSource::feed() {
  patience_.renew();
  do {
    av_packet_unref(packet_.get());
    const int error = av_read_frame(input_.get(), packet_.get());
    if (is_address_ && patience_.isOver())
      throw dataError(shown_ + ": nothing came for " + shortest(timeout_s_) + " s.");
    if (error == AVERROR_EOF) return false;
    if (error < 0 && is_address_) fail("the connection was lost", error);
    if (error < 0) {  // a file that ends in the middle: what was read so far stands
      ++damaged_;
      return false;
    }
  } while (packet_->stream_index != stream_->index);
  if (avcodec_send_packet(decoder_.get(), packet_.get()) < 0) ++damaged_;
  return true;
}

double LibavSource::timeOf(const AVFrame& frame) {
  if (info_.is_live && (input_->iformat->flags & AVFMT_NOTIMESTAMPS) != 0) return arrivalTime();
  const double usual = 1 / (info_.fps > 0 ? info_.fps : kFpsOfSilence);
  const std::int64_t stamp = frame.best_effort_timestamp;
  if (stamp == AV_NOPTS_VALUE) return frames_ == 0 ? 0 : last_time_ + usual;
  const double time = static_cast<double>(stamp) * av_q2d(stream_->time_base) - startOf(*input_);
  if (frames_ == 0) {
    if (info_.is_live || time < 0) shift_ = -time;
  } else if (time + shift_ <= last_time_) {
    shift_ = last_time_ + usual - time;
  }
  return time + shift_;
}

double LibavSource::arrivalTime() {
  const auto now = std::chrono::steady_clock::now();
  if (frames_ == 0) start_ = now;
  return std::chrono::duration<double>(now - start_).count();
}

void LibavSource::fail(const std::string& what, int error) const {
  const std::string reason =
      patience_.timedOut() && is_address_ ? "nothing came for " + shortest(timeout_s_) + " s" : libavText(error);
  throw dataError(shown_ + ": " + what + ": " + reason + ".");
}

}  // namespace fer::video
