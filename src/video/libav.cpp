#include "video/libav.hpp"

#include <array>
#include <new>

namespace fer::video {

AvFrame makeFrame() {
  AvFrame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

Packet makePacket() {
  Packet packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

std::string libavText(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

void quietLibav() {
  av_log_set_level(AV_LOG_QUIET);
}

double startOf(const AVFormatContext& input) {
  return input.start_time == AV_NOPTS_VALUE ? 0 : static_cast<double>(input.start_time) / AV_TIME_BASE;
}

}  // namespace fer::video
