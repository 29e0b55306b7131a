#include "data/synth/canvas.hpp"

namespace fer::data {

Placement Placement::moved(float x, float y) const {
  const float right = std::cos(tilt) * unit;
  const float down = std::sin(tilt) * unit;
  Placement result = *this;
  result.centre = {centre.x + right * x - down * y, centre.y + down * x + right * y};
  return result;
}

Canvas::Pixels Canvas::pixelsOf(const Placement& placement, const Box& box) const {
  float left = 1e9F;
  float top = 1e9F;
  float right = -1e9F;
  float bottom = -1e9F;
  for (const Point corner :
       {Point{box.left, box.top}, {box.right, box.top}, {box.left, box.bottom}, {box.right, box.bottom}}) {
    const Point at = placement.moved(corner.x, corner.y).centre;
    left = std::min(left, at.x);
    right = std::max(right, at.x);
    top = std::min(top, at.y);
    bottom = std::max(bottom, at.y);
  }
  const auto within = [](float value, int size) { return std::clamp(static_cast<int>(value), 0, size); };
  return {within(left - 1, shape_.width), within(top - 1, shape_.height), within(right + 2, shape_.width),
          within(bottom + 2, shape_.height)};
}

}  // namespace fer::data
