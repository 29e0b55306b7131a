// In place of pictures.cpp where the build has no OpenCV.
#include "app/pictures.hpp"
#include "fer/core/error.hpp"

namespace fer::app {

data::Reading reading(unsigned threads) {
  return {threads, {}};
}

data::Equaliser equaliser() {
  throw usageError(
      "augment.clahe: this fer equalises no images: it was built without OpenCV. Build it where OpenCV's imgcodecs is, "
      "or set augment.clahe.probability=0.");
}

std::string pngFile(std::span<const std::uint8_t>, ImageShape) {
  throw usageError("this fer writes no pictures: it was built without OpenCV. Build it where OpenCV's imgcodecs is.");
}

}  // namespace fer::app
