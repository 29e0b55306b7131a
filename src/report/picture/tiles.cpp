#include <opencv2/core.hpp>
#include <stdexcept>

#include "fer/image/encode.hpp"
#include "fer/image/planes.hpp"
#include "fer/report/picture/sheet.hpp"

namespace fer::report {

std::string imageTiles(const ImageShape& shape, std::span<const std::span<const std::uint8_t>> images,
                       std::size_t columns) {
  constexpr double kWhite = 255;
  if (images.empty() || columns == 0) throw std::invalid_argument("imageTiles: no images");
  const auto across = static_cast<int>(columns);
  const int down = (static_cast<int>(images.size()) + across - 1) / across;
  cv::Mat tiles(down * shape.height, across * shape.width, CV_8UC(shape.channels), cv::Scalar::all(kWhite));
  for (int i = 0; i < static_cast<int>(images.size()); ++i)
    image::pictureOf(images[static_cast<std::size_t>(i)], shape)
        .copyTo(tiles(cv::Rect(i % across * shape.width, i / across * shape.height, shape.width, shape.height)));
  return image::png(tiles);
}

}  // namespace fer::report
