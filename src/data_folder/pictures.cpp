#include "fer/data_folder/pictures.hpp"

#include <algorithm>
#include <vector>

#include "fer/image/decode.hpp"
#include "fer/image/encode.hpp"
#include "fer/image/planes.hpp"
#include "fer/image/preprocess.hpp"

namespace fer::data {

bool readPictureInto(const std::filesystem::path& file, ImageShape shape, std::span<std::uint8_t> pixels) {
  const cv::Mat picture = image::readPicture(file);
  const std::vector<std::uint8_t> planes = image::preprocess({shape}, picture);
  std::copy(planes.begin(), planes.end(), pixels.begin());
  return picture.rows != shape.height || picture.cols != shape.width;
}

std::string pngOf(std::span<const std::uint8_t> pixels, ImageShape shape) {
  return image::png(image::pictureOf(pixels, shape));
}

}  // namespace fer::data
