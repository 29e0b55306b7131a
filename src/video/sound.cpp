#include "video/sound.hpp"

#include <cmath>
#include <new>

#include "fer/core/error.hpp"

namespace fer::video {

Sound::Sound(const std::string& file, AVFormatContext& output) : output_(output) {
  AVFormatContext* input = nullptr;
  if (avformat_open_input(&input, ("file:" + file).c_str(), nullptr, nullptr) < 0) {
    fault_ = "it cannot be read";
    return;
  }
  input_.reset(input);
  avformat_find_stream_info(input, nullptr);
  const int index = av_find_best_stream(input, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (index < 0) return;  // a silent film
  from_ = input->streams[index];
  const AVCodecParameters& codec = *from_->codecpar;
  if (avformat_query_codec(output.oformat, codec.codec_id, FF_COMPLIANCE_NORMAL) <= 0) {
    fault_ =
        std::string("it is ") + avcodec_get_name(codec.codec_id) + ", which " + output.oformat->name + " cannot hold";
    return;
  }
  AVStream* to = avformat_new_stream(&output, nullptr);
  if (to == nullptr || avcodec_parameters_copy(to->codecpar, &codec) < 0) throw std::bad_alloc();
  to->codecpar->codec_tag = 0;
  to->time_base = from_->time_base;
  to_ = to;
  has_packet_ = readPacket();
}

bool Sound::readPacket() {
  do {
    av_packet_unref(packet_.get());
    if (av_read_frame(input_.get(), packet_.get()) < 0) return false;
  } while (packet_->stream_index != from_->index || packet_->pts == AV_NOPTS_VALUE);
  return true;
}

void Sound::copyUntil(double time_s) {
  if (!has_packet_) return;
  const auto start = static_cast<std::int64_t>(std::llround(startOf(*input_) / av_q2d(from_->time_base)));
  while (has_packet_ && static_cast<double>(packet_->pts - start) * av_q2d(from_->time_base) <= time_s) {
    packet_->pts -= start;
    if (packet_->dts != AV_NOPTS_VALUE) packet_->dts -= start;
    packet_->stream_index = to_->index;
    packet_->pos = -1;
    av_packet_rescale_ts(packet_.get(), from_->time_base, to_->time_base);
    if (const int error = av_interleaved_write_frame(&output_, packet_.get()); error < 0)
      throw Error(Fault::kOther, "the sound cannot be written: " + libavText(error) + ".");
    has_packet_ = readPacket();
  }
}

}  // namespace fer::video
