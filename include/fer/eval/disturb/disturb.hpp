#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"

/// What happens to faces in front of a camera, as pure functions of an image and a level. Each gives as many bytes as
/// it takes, rounds to the nearest grey level and clips at 0 and 255. Colours are treated alike. Pixels beyond the edge
/// are the nearest pixels within.
namespace fer::eval {

/// An image, C x H x W, not owned, and the number of its row in the dataset's file: noise and occlusion depend on it
/// alone, so that neither order nor batches change them.
struct Face {
  ImageShape shape;
  std::span<const std::uint8_t> pixels;
  std::uint32_t row = 0;
};

using Pixels = std::vector<std::uint8_t>;

Pixels withBrightness(const Face& face, double added);  ///< x + added, in grey levels
Pixels withContrast(const Face& face, double factor);   ///< m + factor (x - m), m being the image's mean
Pixels withGamma(const Face& face, double gamma);       ///< 255 (x / 255)^gamma; above 1 darkens
Pixels blurred(const Face& face, double sigma);         ///< Gaussian of sigma pixels, cut at round(3 sigma) pixels
Pixels rotated(const Face& face, double degrees);       ///< anticlockwise about the centre, bilinear (1/32 pixel)
Pixels shifted(const Face& face, double pixels);        ///< whole pixels to the right and as many down
Pixels occluded(const Face& face, double share);        ///< a black box of sqrt(share) of height and of width
Pixels withNoise(const Face& face, double sigma);       ///< x + sigma z, z of the normal distribution, a draw a value
Pixels asJpeg(const Face& face, double quality);        ///< through libjpeg, 4:2:0; from 100 on: as it is

/// One kind of disturbance and the levels that it is tried at.
struct Disturbance {
  std::string name;
  std::string unit;            ///< of the levels, "" where they have none
  double clean;                ///< the level that leaves images as they are
  std::vector<double> levels;  ///< ascending, `clean` among them
  Pixels (*apply)(const Face& face, double level);
};

/// All of the above; none where fer was built without OpenCV.
const std::vector<Disturbance>& disturbances();

}  // namespace fer::eval
