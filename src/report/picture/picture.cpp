#include "fer/report/picture/picture.hpp"

#include <png.h>

#include <stdexcept>

#include "fer/core/error.hpp"

namespace fer::report {
namespace {

void requireWholePixels(const Picture& picture) {
  const bool known_channels = picture.channels == 1 || picture.channels == 3;
  if (picture.width == 0 || picture.height == 0 || !known_channels ||
      picture.pixels.size() != picture.width * picture.height * picture.channels)
    throw std::invalid_argument("png: " + std::to_string(picture.pixels.size()) + " bytes are no picture of " +
                                std::to_string(picture.width) + " x " + std::to_string(picture.height) + " x " +
                                std::to_string(picture.channels));
}

}  // namespace

std::string png(const Picture& picture) {
  requireWholePixels(picture);
  // libpng's simplified interface: no time stamp, no text, one fixed way to compress.
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = picture.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  // Of the size that it can have at most, so that it is compressed once.
  std::string file(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = file.size();
  const int written = png_image_write_to_memory(&image, file.data(), &size, 0, picture.pixels.data(),
                                                0 /* as wide as a row */, nullptr);
  if (written == 0) throw Error(Fault::kOther, std::string("libpng could not write a picture: ") + image.message);
  file.resize(size);
  return file;
}

}  // namespace fer::report
