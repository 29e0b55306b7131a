#include "video/encoder.hpp"

#include <array>
#include <new>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

#include "fer/core/error.hpp"

namespace fer::video {
namespace {

void require(int result, const char* what) {
  if (result < 0) throw Error(Fault::kOther, std::string(what) + ": " + libavText(result) + ".");
}

const AVCodec& encoderCodec() {
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (codec == nullptr) codec = avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  if (codec == nullptr) throw Error(Fault::kOther, "FFmpeg has no encoder of H.264 or MPEG-4 here.");
  return *codec;
}

constexpr int kFpsOfOnePicture = 25;

int even(int side) {
  return side / 2 * 2;
}

}  // namespace

Encoder::Encoder(AVFormatContext& output, cv::Size size, int threads)
    : output_(output), size_(even(size.width), even(size.height)) {
  if (size_.empty()) throw Error(Fault::kOther, "the pictures are too small for a video.");
  stream_ = avformat_new_stream(&output, nullptr);
  if (stream_ == nullptr) throw std::bad_alloc();
  open(output, threads);
  scaler_.reset(sws_getContext(size_.width, size_.height, AV_PIX_FMT_BGR24, size_.width, size_.height, codec_->pix_fmt,
                               SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (!scaler_) throw std::bad_alloc();
}

void Encoder::open(AVFormatContext& output, int threads) {
  const AVCodec& codec = encoderCodec();
  codec_.reset(avcodec_alloc_context3(&codec));
  if (!codec_) throw std::bad_alloc();
  codec_->width = size_.width;
  codec_->height = size_.height;
  codec_->pix_fmt = AV_PIX_FMT_YUV420P;
  codec_->time_base = {1, kTicks};
  codec_->thread_count = threads;
  codec_->max_b_frames = 0;  // times are written as they come
  codec_->colorspace = AVCOL_SPC_SMPTE170M;
  codec_->color_range = AVCOL_RANGE_MPEG;
  if ((output.oformat->flags & AVFMT_GLOBALHEADER) != 0) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (codec.id == AV_CODEC_ID_MPEG4) {
    constexpr int kMostTicks = 60'000;  // what MPEG-4's headers hold
    constexpr int kQuality = 4;
    codec_->time_base = {1, kMostTicks};
    codec_->flags |= AV_CODEC_FLAG_QSCALE;
    codec_->global_quality = FF_QP2LAMBDA * kQuality;
  } else {
    av_opt_set(codec_->priv_data, "preset", "veryfast", 0);
    av_opt_set(codec_->priv_data, "crf", "21", 0);
  }
  require(avcodec_open2(codec_.get(), &codec, nullptr), "the encoder cannot be opened");
  require(avcodec_parameters_from_context(stream_->codecpar, codec_.get()), "the encoder cannot be described");
  stream_->time_base = {1, kTicks};
  frame_->format = codec_->pix_fmt;
  frame_->width = size_.width;
  frame_->height = size_.height;
  require(av_frame_get_buffer(frame_.get(), 0), "no memory for a frame");
}

void Encoder::encode(const cv::Mat& picture, std::int64_t ticks) {
  convert(picture);
  frame_->pts = av_rescale_q(ticks, {1, kTicks}, codec_->time_base);
  require(avcodec_send_frame(codec_.get(), frame_.get()), "a picture cannot be encoded");
  drain();
}

void Encoder::finish() {
  require(avcodec_send_frame(codec_.get(), nullptr), "the last pictures cannot be encoded");
  drain();
  writeWaiting();
}

void Encoder::convert(const cv::Mat& picture) {
  require(av_frame_make_writable(frame_.get()), "no memory for a frame");
  const std::array<const std::uint8_t*, 4> rows{picture.data};
  const std::array<int, 4> steps{static_cast<int>(picture.step)};
  sws_scale(scaler_.get(), rows.data(), steps.data(), 0, size_.height, frame_->data, frame_->linesize);
}

void Encoder::drain() {
  while (true) {
    const int error = avcodec_receive_packet(codec_.get(), packet_.get());
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return;
    require(error, "a picture cannot be encoded");
    av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
    packet_->stream_index = stream_->index;
    if (waiting_->size > 0) shown_for_ = packet_->pts - waiting_->pts;
    writeWaiting();
    std::swap(packet_, waiting_);
  }
}

void Encoder::writeWaiting() {
  if (waiting_->size == 0) return;
  waiting_->duration = shown_for_ > 0 ? shown_for_ : av_rescale_q(1, {1, kFpsOfOnePicture}, stream_->time_base);
  require(av_interleaved_write_frame(&output_, waiting_.get()), "it cannot be written");
}

}  // namespace fer::video
