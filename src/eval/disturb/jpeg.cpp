#include "fer/eval/disturb/disturb.hpp"
#include "fer/image/decode.hpp"
#include "fer/image/encode.hpp"
#include "fer/image/planes.hpp"

namespace fer::eval {

Pixels asJpeg(const Face& face, double quality) {
  constexpr double kUntouched = 100;
  if (quality >= kUntouched) return {face.pixels.begin(), face.pixels.end()};
  const std::string file = image::jpeg(image::pictureOf(face.pixels, face.shape), static_cast<int>(quality));
  return image::planesOf(
      image::decode({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()}, "a face as JPEG"));
}

}  // namespace fer::eval
