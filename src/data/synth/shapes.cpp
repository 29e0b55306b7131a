#include "data/synth/shapes.hpp"

#include <array>

namespace fer::data {
namespace {

constexpr std::size_t kPieces = 6;  ///< straight pieces of a stroke

/// A straight piece of a stroke, ready to be asked for the distance to it.
class Piece {
 public:
  Piece() = default;
  Piece(Point from, Point to, float radius_from, float radius_to)
      : from_(from), along_{to.x - from.x, to.y - from.y}, radius_(radius_from), growth_(radius_to - radius_from) {
    const float square = along_.x * along_.x + along_.y * along_.y;
    inverse_square_ = square > 0 ? 1 / square : 0;
  }

  float distance(Point point) const {
    const Point to{point.x - from_.x, point.y - from_.y};
    const float t = std::clamp((to.x * along_.x + to.y * along_.y) * inverse_square_, 0.0F, 1.0F);
    const Point off{to.x - t * along_.x, to.y - t * along_.y};
    return std::sqrt(off.x * off.x + off.y * off.y) - (radius_ + t * growth_);
  }

 private:
  Point from_;
  Point along_;
  float radius_ = 0;
  float growth_ = 0;
  float inverse_square_ = 0;
};

Point pointOf(const Stroke& stroke, float t) {
  const float a = (1 - t) * (1 - t);
  const float b = 2 * t * (1 - t);
  const float c = t * t;
  return {a * stroke.from.x + b * stroke.control.x + c * stroke.to.x,
          a * stroke.from.y + b * stroke.control.y + c * stroke.to.y};
}

std::array<Piece, kPieces> piecesOf(const Stroke& stroke) {
  const auto radius = [&](float t) { return 0.5F * (stroke.width_from + t * (stroke.width_to - stroke.width_from)); };
  std::array<Piece, kPieces> pieces;
  for (std::size_t i = 0; i < kPieces; ++i) {
    const float t0 = static_cast<float>(i) / kPieces;
    const float t1 = static_cast<float>(i + 1) / kPieces;
    pieces[i] = Piece(pointOf(stroke, t0), pointOf(stroke, t1), radius(t0), radius(t1));
  }
  return pieces;
}

Box boxOf(const Ellipse& ellipse, float margin) {
  return {ellipse.centre.x - ellipse.radius_x - margin, ellipse.centre.y - ellipse.radius_y - margin,
          ellipse.centre.x + ellipse.radius_x + margin, ellipse.centre.y + ellipse.radius_y + margin};
}

}  // namespace

void paintEllipse(Canvas& canvas, const Placement& placement, const Ellipse& ellipse, const Paint& paint) {
  canvas.paint(placement, boxOf(ellipse, paint.softness), paint, [&](Point point) { return ellipse.distance(point); });
}

void paintRing(Canvas& canvas, const Placement& placement, const Ellipse& ellipse, float width, const Paint& paint) {
  canvas.paint(placement, boxOf(ellipse, width + paint.softness), paint,
               [&](Point point) { return std::abs(ellipse.distance(point)) - width / 2; });
}

void paintStroke(Canvas& canvas, const Placement& placement, const Stroke& stroke, const Paint& paint) {
  const auto pieces = piecesOf(stroke);
  const float margin = std::max(stroke.width_from, stroke.width_to) / 2 + paint.softness;
  const auto [left, right] = std::minmax({stroke.from.x, stroke.control.x, stroke.to.x});
  const auto [top, bottom] = std::minmax({stroke.from.y, stroke.control.y, stroke.to.y});
  canvas.paint(placement, {left - margin, top - margin, right + margin, bottom + margin}, paint, [&](Point point) {
    float nearest = pieces[0].distance(point);
    for (std::size_t i = 1; i < kPieces; ++i) nearest = std::min(nearest, pieces[i].distance(point));
    return nearest;
  });
}

}  // namespace fer::data
