#pragma once

#include "data/synth/canvas.hpp"

namespace fer::data {

struct Ellipse {
  Point centre;
  float radius_x;
  float radius_y;

  /// To first order: exact at the edge.
  float distance(Point point) const {
    const float across = 1 / radius_x;
    const float down = 1 / radius_y;
    const float x = (point.x - centre.x) * across;
    const float y = (point.y - centre.y) * down;
    const float gradient = 2 * std::sqrt(x * x * (across * across) + y * y * (down * down));
    constexpr float kNearCentre = 1e-6F;
    if (gradient < kNearCentre) return -std::min(radius_x, radius_y);
    return (x * x + y * y - 1) / gradient;
  }
};

/// A line along a quadratic Bezier curve.
struct Stroke {
  Point from;
  Point control;
  Point to;
  float width_from;  ///< full width in face units; it changes evenly along the curve
  float width_to;
};

/// What lies between two curves over [-half_width, half_width] about `centre`: top and bottom(t) above and below it,
/// with t = x / half_width.
template <class Top, class Bottom>
struct Band {
  Point centre;
  float half_width;
  Top top;
  Bottom bottom;

  float distance(Point point) const {
    const float t = (point.x - centre.x) / half_width;
    const float inside = std::clamp(t, -1.0F, 1.0F);
    const float y = point.y - centre.y;
    const float sideways = (std::abs(t) - 1) * half_width;
    return std::max({top(inside) - y, y - bottom(inside), sideways});
  }
};
template <class Top, class Bottom>
Band(Point, float, Top, Bottom) -> Band<Top, Bottom>;

void paintEllipse(Canvas& canvas, const Placement& placement, const Ellipse& ellipse, const Paint& paint);
void paintRing(Canvas& canvas, const Placement& placement, const Ellipse& ellipse, float width, const Paint& paint);
void paintStroke(Canvas& canvas, const Placement& placement, const Stroke& stroke, const Paint& paint);

}  // namespace fer::data
