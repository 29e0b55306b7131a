#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::data {

/// A place in face coordinates: the head's centre is the origin, its half height 1; x to the right, y downwards.
struct Point {
  float x = 0;
  float y = 0;
};

struct Box {
  float left;
  float top;
  float right;
  float bottom;
};

/// Red, green, blue; 0 black to 1.
struct Rgb {
  float red;
  float green;
  float blue;
};

/// `to` at t = 1, `from` at t = 0.
inline Rgb mix(Rgb from, Rgb to, float t) {
  return {from.red + t * (to.red - from.red), from.green + t * (to.green - from.green),
          from.blue + t * (to.blue - from.blue)};
}
inline Rgb times(Rgb colour, float factor) {
  return mix({0, 0, 0}, colour, factor);
}

/// Where face coordinates lie on the image.
struct Placement {
  Point centre;    ///< pixels
  float unit = 1;  ///< pixels per face unit
  float tilt = 0;  ///< radians, clockwise

  /// The same with its origin moved by (x, y) face units.
  Placement moved(float x, float y) const;
};

/// How a shape is laid on.
struct Paint {
  Rgb colour;
  float opacity = 1;
  float softness = 0;  ///< width of the edge in face units; at least a pixel: the antialiasing
};

/// An image in floats that shapes are painted on. One thread at a time.
class Canvas {
 public:
  explicit Canvas(ImageShape shape)
      : shape_(shape), plane_(shape.size() / static_cast<std::size_t>(shape.channels)), levels_(shape.size()) {}

  ImageShape shape() const { return shape_; }
  std::vector<float>& levels() { return levels_; }  ///< C x H x W, 0 to 1

  /// Paints where `distance(point)` is below 0: the distance to the shape's edge in face units, about exact near it.
  /// Nothing outside `box` is touched.
  template <class Distance>
  void paint(const Placement& placement, const Box& box, const Paint& paint, Distance distance);

  /// Multiplies every pixel by `factor(point)`.
  template <class Factor>
  void shade(const Placement& placement, Factor factor);

 private:
  struct Pixels {
    int left, top, right, bottom;
  };
  Pixels pixelsOf(const Placement& placement, const Box& box) const;
  void blend(std::size_t pixel, const Rgb& colour, float opacity);

  template <class Visit>
  void visit(const Placement& placement, const Pixels& pixels, Visit visit);

  ImageShape shape_;
  std::size_t plane_;
  std::vector<float> levels_;
};

inline void Canvas::blend(std::size_t pixel, const Rgb& colour, float opacity) {
  if (shape_.channels == 1) {
    constexpr Rgb kLuma{0.299F, 0.587F, 0.114F};  // ITU-R BT.601
    const float grey = kLuma.red * colour.red + kLuma.green * colour.green + kLuma.blue * colour.blue;
    levels_[pixel] += opacity * (grey - levels_[pixel]);
    return;
  }
  levels_[pixel] += opacity * (colour.red - levels_[pixel]);
  levels_[pixel + plane_] += opacity * (colour.green - levels_[pixel + plane_]);
  levels_[pixel + 2 * plane_] += opacity * (colour.blue - levels_[pixel + 2 * plane_]);
}

template <class Visit>
void Canvas::visit(const Placement& placement, const Pixels& pixels, Visit visit) {
  const float right = std::cos(placement.tilt) / placement.unit;
  const float down = std::sin(placement.tilt) / placement.unit;
  for (int row = pixels.top; row < pixels.bottom; ++row) {
    const float y = static_cast<float>(row) + 0.5F - placement.centre.y;
    for (int column = pixels.left; column < pixels.right; ++column) {
      const float x = static_cast<float>(column) + 0.5F - placement.centre.x;
      visit(static_cast<std::size_t>(row) * static_cast<std::size_t>(shape_.width) + static_cast<std::size_t>(column),
            Point{right * x + down * y, right * y - down * x});
    }
  }
}

template <class Distance>
void Canvas::paint(const Placement& placement, const Box& box, const Paint& paint, Distance distance) {
  const float slope = 1 / std::max(paint.softness, 1 / placement.unit);
  visit(placement, pixelsOf(placement, box), [&](std::size_t pixel, Point point) {
    const float coverage = std::clamp(0.5F - distance(point) * slope, 0.0F, 1.0F);
    if (coverage > 0) blend(pixel, paint.colour, coverage * paint.opacity);
  });
}

template <class Factor>
void Canvas::shade(const Placement& placement, Factor factor) {
  visit(placement, {0, 0, shape_.width, shape_.height}, [&](std::size_t pixel, Point point) {
    const float value = factor(point);
    for (std::size_t at = pixel; at < levels_.size(); at += plane_) levels_[at] *= value;
  });
}

}  // namespace fer::data
