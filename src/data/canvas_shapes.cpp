#include "canvas_shapes.hpp"

#include <array>

namespace fer::data {
namespace {

constexpr std::size_t kPieces = 6;  ///< straight pieces of a stroke

struct Node {
  Point at;
  float radius;
};

std::array<Node, kPieces + 1> nodesOf(const Stroke& stroke) {
  std::array<Node, kPieces + 1> nodes{};
  for (std::size_t i = 0; i <= kPieces; ++i) {
    const float t = static_cast<float>(i) / kPieces;
    const float a = (1 - t) * (1 - t);
    const float b = 2 * t * (1 - t);
    const float c = t * t;
    nodes[i] = {{a * stroke.from.x + b * stroke.control.x + c * stroke.to.x,
                 a * stroke.from.y + b * stroke.control.y + c * stroke.to.y},
                0.5F * (stroke.width_from + t * (stroke.width_to - stroke.width_from))};
  }
  return nodes;
}

float distanceToPiece(const Node& a, const Node& b, Point point) {
  const Point along{b.at.x - a.at.x, b.at.y - a.at.y};
  const Point to{point.x - a.at.x, point.y - a.at.y};
  const float length = along.x * along.x + along.y * along.y;
  const float t = length > 0 ? std::clamp((to.x * along.x + to.y * along.y) / length, 0.0F, 1.0F) : 0.0F;
  const Point off{to.x - t * along.x, to.y - t * along.y};
  return std::sqrt(off.x * off.x + off.y * off.y) - (a.radius + t * (b.radius - a.radius));
}

Box boxOf(const Ellipse& ellipse, float margin) {
  return {ellipse.centre.x - ellipse.radius_x - margin, ellipse.centre.y - ellipse.radius_y - margin,
          ellipse.centre.x + ellipse.radius_x + margin, ellipse.centre.y + ellipse.radius_y + margin};
}

}  // namespace

float Ellipse::distance(Point point) const {
  const float x = (point.x - centre.x) / radius_x;
  const float y = (point.y - centre.y) / radius_y;
  const float gradient = 2 * std::sqrt(x * x / (radius_x * radius_x) + y * y / (radius_y * radius_y));
  constexpr float kNearCentre = 1e-6F;
  if (gradient < kNearCentre) return -std::min(radius_x, radius_y);
  return (x * x + y * y - 1) / gradient;
}

void paintEllipse(Canvas& canvas, const Placement& placement, const Ellipse& ellipse, const Paint& paint) {
  canvas.paint(placement, boxOf(ellipse, paint.softness), paint, [&](Point point) { return ellipse.distance(point); });
}

void paintRing(Canvas& canvas, const Placement& placement, const Ellipse& ellipse, float width, const Paint& paint) {
  canvas.paint(placement, boxOf(ellipse, width + paint.softness), paint,
               [&](Point point) { return std::abs(ellipse.distance(point)) - width / 2; });
}

void paintStroke(Canvas& canvas, const Placement& placement, const Stroke& stroke, const Paint& paint) {
  const auto nodes = nodesOf(stroke);
  const float margin = std::max(stroke.width_from, stroke.width_to) / 2 + paint.softness;
  const auto [left, right] = std::minmax({stroke.from.x, stroke.control.x, stroke.to.x});
  const auto [top, bottom] = std::minmax({stroke.from.y, stroke.control.y, stroke.to.y});
  canvas.paint(placement, {left - margin, top - margin, right + margin, bottom + margin}, paint, [&](Point point) {
    float nearest = distanceToPiece(nodes[0], nodes[1], point);
    for (std::size_t i = 1; i < kPieces; ++i)
      nearest = std::min(nearest, distanceToPiece(nodes[i], nodes[i + 1], point));
    return nearest;
  });
}

}  // namespace fer::data
