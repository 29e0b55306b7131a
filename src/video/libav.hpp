#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

/// What owns FFmpeg's objects.
namespace fer::video {

struct CloseInput {
  void operator()(AVFormatContext* input) const { avformat_close_input(&input); }
};
struct FreeCodec {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};

using Input = std::unique_ptr<AVFormatContext, CloseInput>;
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;
using AvFrame = std::unique_ptr<AVFrame, FreeFrame>;
using Packet = std::unique_ptr<AVPacket, FreePacket>;
using Scaler = std::unique_ptr<SwsContext, FreeScaler>;

/// Throws std::bad_alloc where FFmpeg gave no memory.
AvFrame makeFrame();
Packet makePacket();

/// FFmpeg's words for an error.
std::string libavText(int error);

/// FFmpeg prints nothing on its own from now on; process-wide. What is wrong is said in our errors.
void quietLibav();

/// Where a container's times begin, in seconds: what all its times count from.
double startOf(const AVFormatContext& input);

}  // namespace fer::video
