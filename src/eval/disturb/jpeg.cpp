#include <turbojpeg.h>

#include <memory>

#include "fer/core/error.hpp"
#include "fer/eval/disturb/disturb.hpp"

namespace fer::eval {
namespace {

struct CloseHandle {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct FreeBytes {
  void operator()(unsigned char* bytes) const { tjFree(bytes); }
};
using Handle = std::unique_ptr<void, CloseHandle>;

void check(const Handle& handle, int code) {
  if (code != 0)
    throw Error(Fault::kOther, std::string("libjpeg-turbo cannot handle an image: ") + tjGetErrorStr2(handle.get()));
}

/// From planes to channels beside each other.
Pixels interleaved(const Face& face) {
  const auto channels = static_cast<std::size_t>(face.shape.channels);
  const std::size_t plane = face.pixels.size() / channels;
  Pixels result(face.pixels.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = face.pixels[i % channels * plane + i / channels];
  return result;
}

Pixels planes(const Pixels& beside, std::size_t channels) {
  const std::size_t plane = beside.size() / channels;
  Pixels result(beside.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i % channels * plane + i / channels] = beside[i];
  return result;
}

}  // namespace

bool builtWithJpeg() {
  return true;
}

Pixels asJpeg(const Face& face, double quality) {
  if (quality >= 100) return {face.pixels.begin(), face.pixels.end()};
  const bool colour = face.shape.channels == 3;
  const int format = colour ? TJPF_RGB : TJPF_GRAY;
  Pixels pixels = interleaved(face);

  const Handle compressor(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const int code = tjCompress2(compressor.get(), pixels.data(), face.shape.width, 0, face.shape.height, format, &bytes,
                               &size, colour ? TJSAMP_420 : TJSAMP_GRAY, static_cast<int>(quality), TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, FreeBytes> file(bytes);
  check(compressor, code);

  const Handle reader(tjInitDecompress());
  check(reader, tjDecompress2(reader.get(), bytes, size, pixels.data(), face.shape.width, 0, face.shape.height, format,
                              TJFLAG_ACCURATEDCT));
  return planes(pixels, static_cast<std::size_t>(face.shape.channels));
}

}  // namespace fer::eval
