#include "data/synth/painter.hpp"
#include "data/synth/shapes.hpp"

namespace fer::data {
namespace {

constexpr Box kEverywhere{-9, -9, 9, 9};

/// The head: an ellipse that narrows towards the chin and grows longer where the jaw drops.
struct Head {
  float width;
  float jaw;
  float chin;  ///< height of the lower half

  float distance(Point point) const {
    const float down = std::clamp(point.y, 0.0F, 1.0F);
    const Ellipse half{{0, 0}, width * (1 - jaw * down * down), point.y > 0 ? chin : 1.0F};
    return half.distance(point);
  }
};

Head headOf(const FaceTraits& traits, const Expression& expression) {
  constexpr float kJawDrop = 0.35F;
  return {traits.head_width, traits.jaw, 1 + kJawDrop * expression.mouth_open};
}

void paintBackground(Canvas& canvas, const FaceTraits& traits) {
  canvas.paint(traits.placement, kEverywhere, {traits.background_left}, [](Point) { return -1.0F; });
  constexpr float kBlend = 2.0F;  // across the picture's width
  canvas.paint(traits.placement, kEverywhere, {traits.background_right, 1, kBlend},
               [](Point point) { return -point.x; });
}

void paintShoulders(Canvas& canvas, const FaceTraits& traits) {
  const Placement& placement = traits.placement;
  paintEllipse(canvas, placement, {{0, 1.75F}, 1.35F, 0.65F}, {traits.clothes});
  paintEllipse(canvas, placement, {{0, 1.0F}, 0.42F, 0.45F}, {times(traits.skin, 0.72F), 1, 0.1F});
}

void paintHairBehind(Canvas& canvas, const FaceTraits& traits) {
  if (traits.bald) return;
  const float radius = traits.head_width + traits.hair_volume;
  paintEllipse(canvas, traits.placement, {{0, -0.15F}, radius, 0.9F + traits.hair_volume}, {traits.hair, 1, 0.06F});
  if (!traits.long_hair) return;
  for (const float side : {-1.0F, 1.0F})
    paintStroke(
        canvas, traits.placement,
        {{side * 0.6F, -0.3F}, {side * (radius + 0.05F), 0.4F}, {side * 0.75F, traits.hair_length}, 0.5F, 0.35F},
        {times(traits.hair, 0.9F), 1, 0.08F});
}

void paintHead(Canvas& canvas, const FaceTraits& traits, const Head& head) {
  for (const float side : {-1.0F, 1.0F})
    if (!traits.long_hair)
      paintEllipse(canvas, traits.placement, {{side * traits.head_width, 0.02F}, 0.09F, 0.18F},
                   {times(traits.skin, 0.85F)});
  canvas.paint(traits.placement, {-1, -1.1F, 1, 1.3F}, {traits.skin},
               [&](Point point) { return head.distance(point); });
}

/// A saw of strands along the hairline, -1 to 1.
float strands(const FaceTraits& traits, float x) {
  const float turns = traits.strands * x + traits.parting * traits.strands;
  return 4 * std::abs(turns - std::floor(turns + 0.5F)) - 1;
}

void paintFringe(Canvas& canvas, const FaceTraits& traits, const Head& head) {
  if (traits.bald) return;
  canvas.paint(traits.placement, {-1.1F, -1.3F, 1.1F, 0.3F}, {traits.hair, 1, 0.05F}, [&](Point point) {
    const float off = point.x - traits.parting;
    const float temples = 1.1F * std::abs(point.x) * point.x * point.x;  // hangs lower beside the face
    const float edge = traits.hairline + traits.fringe * std::abs(off) + temples + 0.025F * strands(traits, point.x);
    return std::max(head.distance(point) - traits.hair_volume / 2, point.y - edge);
  });
}

/// Locks, lighter and darker, that fall from the parting to the sides.
void paintLocks(Canvas& canvas, const FaceTraits& traits) {
  if (traits.bald) return;
  constexpr int kLocks = 7;
  for (int i = 0; i < kLocks; ++i) {
    const float t = 2 * static_cast<float>(i) / (kLocks - 1) - 1;
    const Rgb colour = i % 2 == 0 ? times(traits.hair, 0.6F) : mix(traits.hair, {1, 1, 1}, 0.18F);
    const float side = t * (traits.head_width + traits.hair_volume / 2);
    paintStroke(
        canvas, traits.placement,
        {{traits.parting, -1.0F}, {0.8F * side, -1.1F + 0.3F * t * t}, {side, -0.78F + 0.5F * t * t}, 0.03F, 0.06F},
        {colour, 0.6F, 0.04F});
  }
}

void paintBeard(Canvas& canvas, const FaceTraits& traits, const Head& head) {
  if (traits.beard == 0) return;
  constexpr float kSoft = 0.25F;
  canvas.paint(traits.placement, {-1, 0, 1, 1.3F}, {traits.stubble, traits.beard, kSoft}, [&](Point point) {
    const float cheeks = 0.45F - 0.25F * point.x * point.x;  // higher towards the ears
    return std::max(head.distance(point) + kSoft / 2, cheeks - point.y);
  });
}

/// The light falls on the head as on a ball, on the rest evenly.
void lightUp(Canvas& canvas, const FaceTraits& traits, const Head& head) {
  constexpr float kTowardsViewer = 0.75F;
  constexpr float kEdge = 0.12F;
  const Point light = traits.light;
  const float length = std::sqrt(light.x * light.x + light.y * light.y + kTowardsViewer * kTowardsViewer);
  const float ambient = 1 - traits.light_depth;
  canvas.shade(traits.placement, [&](Point point) {
    const float x = point.x / head.width;
    const float y = point.y / (point.y > 0 ? head.chin : 1.0F);
    const float z = std::sqrt(std::max(0.08F, 1 - x * x - y * y));
    const float facing = std::max(0.0F, (light.x * x + light.y * y + kTowardsViewer * z) / length);
    const float on_head = ambient + traits.light_depth * 1.4F * facing;
    const float inside = std::clamp(0.5F - head.distance(point) / kEdge, 0.0F, 1.0F);
    return 1 + inside * (on_head - 1);
  });
}

}  // namespace

void paintFace(Canvas& canvas, const FaceTraits& traits, const Expression& expression) {
  const Head head = headOf(traits, expression);
  paintBackground(canvas, traits);
  paintHairBehind(canvas, traits);
  paintShoulders(canvas, traits);
  paintHead(canvas, traits, head);
  paintBeard(canvas, traits, head);
  const Placement features = traits.placement.moved(traits.turn, traits.nod);
  paintWrinkles(canvas, features, traits, expression);
  paintEyes(canvas, features, traits, expression);
  paintNose(canvas, features, traits, expression);
  paintMouth(canvas, features, traits, expression);
  paintFringe(canvas, traits, head);
  paintLocks(canvas, traits);
  paintBrows(canvas, features, traits, expression);
  lightUp(canvas, traits, head);
}

}  // namespace fer::data
