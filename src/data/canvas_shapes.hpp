#pragma once

#include "canvas.hpp"

namespace fer::data {

struct Ellipse {
  Point centre;
  float radius_x;
  float radius_y;

  float distance(Point point) const;  ///< to first order: exact at the edge
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
