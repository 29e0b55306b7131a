#pragma once

#include <string>

#include "video/libav.hpp"

namespace fer::video {

/// The packets of a file's sound, copied as they are into another file beside its pictures.
class Sound {
 public:
  /// Adds a stream to `output`, whose header must not be written yet. Where there is no sound, or the output cannot
  /// hold it, fault() says why and nothing is copied.
  Sound(const std::string& file, AVFormatContext& output);

  /// Copies what is heard up to a time, in seconds from where the file begins.
  void copyUntil(double time_s);

  const std::string& fault() const { return fault_; }

 private:
  bool readPacket();  ///< the next one of the sound into packet_; false at the end

  AVFormatContext& output_;
  Input input_;
  const AVStream* from_ = nullptr;
  const AVStream* to_ = nullptr;
  Packet packet_ = makePacket();
  bool has_packet_ = false;
  std::string fault_;
};

}  // namespace fer::video
