// Disturbances that read pixels from elsewhere in the image.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "eval/disturb/grey.hpp"
#include "fer/eval/disturb/disturb.hpp"

namespace fer::eval {
namespace {

/// One channel; whoever asks beyond the edge gets the nearest pixel within.
class Plane {
 public:
  Plane(const Face& face, std::size_t channel)
      : height_(face.shape.height), width_(face.shape.width), pixels_(face.pixels.subspan(channel * size(), size())) {}

  int height() const { return height_; }
  int width() const { return width_; }
  std::size_t size() const { return static_cast<std::size_t>(height_) * static_cast<std::size_t>(width_); }

  std::span<const std::uint8_t> row(int y) const {
    const auto width = static_cast<std::size_t>(width_);
    return pixels_.subspan(static_cast<std::size_t>(std::clamp(y, 0, height_ - 1)) * width, width);
  }
  double at(int y, int x) const { return row(y)[static_cast<std::size_t>(std::clamp(x, 0, width_ - 1))]; }

  double between(double y, double x) const {
    const double top = std::floor(y);
    const double left = std::floor(x);
    const int row = static_cast<int>(top);
    const int column = static_cast<int>(left);
    const double above = at(row, column) + (at(row, column + 1) - at(row, column)) * (x - left);
    const double below = at(row + 1, column) + (at(row + 1, column + 1) - at(row + 1, column)) * (x - left);
    return above + (below - above) * (y - top);
  }

 private:
  int height_;
  int width_;
  std::span<const std::uint8_t> pixels_;
};

/// `value` of every pixel of every channel: a plane, a row, a column.
template <class Function>
Pixels eachPixel(const Face& face, Function value) {
  Pixels result;
  result.reserve(face.pixels.size());
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(face.shape.channels); ++channel) {
    const Plane plane(face, channel);
    for (int y = 0; y < plane.height(); ++y)
      for (int x = 0; x < plane.width(); ++x) result.push_back(grey(value(plane, y, x)));
  }
  return result;
}

/// The Gaussian's shares from -radius to radius, adding up to 1.
std::vector<double> kernel(double sigma) {
  const int radius = static_cast<int>(std::lround(3 * sigma));
  std::vector<double> shares;
  double sum = 0;
  for (int i = -radius; i <= radius; ++i) {
    shares.push_back(std::exp(-0.5 * i * i / (sigma * sigma)));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

using Line = std::vector<double>;

/// One line of a blurred plane: the lines about it, each times its share.
template <class LineAt>
Line weighed(const std::vector<double>& shares, std::size_t length, LineAt line) {
  Line sums(length);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto from = line(static_cast<int>(i) - static_cast<int>(shares.size() / 2));
    for (std::size_t x = 0; x < length; ++x) sums[x] += shares[i] * from[x];
  }
  return sums;
}

/// A line with its ends repeated `radius` times.
Line extended(const Line& line, std::size_t radius) {
  Line result(radius, line.front());
  result.insert(result.end(), line.begin(), line.end());
  result.insert(result.end(), radius, line.back());
  return result;
}

}  // namespace

Pixels blurred(const Face& face, double sigma) {
  if (sigma <= 0) return {face.pixels.begin(), face.pixels.end()};
  const std::vector<double> shares = kernel(sigma);
  const std::size_t radius = shares.size() / 2;
  Pixels result;
  result.reserve(face.pixels.size());
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(face.shape.channels); ++channel) {
    const Plane plane(face, channel);
    const auto width = static_cast<std::size_t>(plane.width());
    for (int y = 0; y < plane.height(); ++y) {
      const Line down = extended(weighed(shares, width, [&](int by) { return plane.row(y + by); }), radius);
      const Line across = weighed(shares, width, [&](int by) { return down.begin() + static_cast<int>(radius) + by; });
      for (const double level : across) result.push_back(grey(level));
    }
  }
  return result;
}

Pixels rotated(const Face& face, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  const double middle_y = (face.shape.height - 1) / 2.0;
  const double middle_x = (face.shape.width - 1) / 2.0;
  return eachPixel(face, [=](const Plane& plane, int y, int x) {
    const double down = y - middle_y;
    const double right = x - middle_x;
    return plane.between(middle_y + cosine * down + sine * right, middle_x + cosine * right - sine * down);
  });
}

Pixels shifted(const Face& face, double pixels) {
  const int by = static_cast<int>(std::lround(pixels));
  return eachPixel(face, [=](const Plane& plane, int y, int x) { return plane.at(y - by, x - by); });
}

}  // namespace fer::eval
