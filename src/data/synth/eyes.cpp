#include "data/synth/painter.hpp"
#include "data/synth/shapes.hpp"

namespace fer::data {
namespace {

constexpr float kEyeHeight = -0.13F;
constexpr Rgb kWhite{0.93F, 0.92F, 0.90F};
constexpr Rgb kDark{0.05F, 0.04F, 0.04F};

/// An eye's lids. t runs from -1 to 1 across the eye, `side` is 1 for the eye on the right of the picture.
struct Lids {
  float upper;
  float lower;
  float slant;
  float side;

  float top(float t) const { return slant * t * side - upper * (1 - t * t); }
  float bottom(float t) const { return slant * t * side + lower * (1 - t * t); }
};

Lids lidsOf(const FaceTraits& traits, const Expression& expression, float side) {
  const float open = expression.eye_open;
  return {0.52F * traits.eye_size * open,
          0.42F * traits.eye_size * std::min(open, 1.3F) * (1 - 0.55F * expression.squint), expression.eye_slant, side};
}

void paintEyeball(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Lids& lids,
                  Point centre) {
  const Band opening{centre, traits.eye_size, [&](float t) { return lids.top(t); },
                     [&](float t) { return lids.bottom(t); }};
  const float reach = traits.eye_size + 0.1F;
  const Box box{centre.x - reach, centre.y - 2 * reach, centre.x + reach, centre.y + 2 * reach};
  canvas.paint(placement, box, {kWhite}, [&](Point point) { return opening.distance(point); });
  const auto disc = [&](float radius, Point at, Rgb colour) {
    const Ellipse ellipse{at, radius, radius};
    canvas.paint(placement, box, {colour},
                 [&](Point point) { return std::max(ellipse.distance(point), opening.distance(point)); });
  };
  const Point pupil{centre.x + traits.gaze, centre.y - 0.01F};
  disc(0.55F * traits.eye_size, pupil, traits.iris);
  disc(0.26F * traits.eye_size, pupil, kDark);
  disc(0.12F * traits.eye_size, {pupil.x - 0.03F, pupil.y - 0.03F}, {1, 1, 1});
}

void paintLids(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Lids& lids, Point centre) {
  const float width = 1.08F * traits.eye_size;
  // A parabola's control point lies as far beyond its top as the top beyond its ends.
  const auto along = [&](float height, float from, float to) {
    return Stroke{{centre.x - width, centre.y + lids.top(-1)},
                  {centre.x, centre.y + height},
                  {centre.x + width, centre.y + lids.top(1)},
                  from,
                  to};
  };
  const float lash = 0.035F;
  paintStroke(canvas, placement, along(-2 * lids.upper, lash, lash), {kDark, 0.8F});
  paintStroke(canvas, placement, along(-2 * lids.upper - 0.13F, 0.015F, 0.015F),
              {times(traits.skin, 0.45F), 0.5F, 0.04F});
  paintStroke(canvas, placement, along(2 * lids.lower, 0.012F, 0.012F), {times(traits.skin, 0.4F), 0.6F});
}

void paintGlasses(Canvas& canvas, const Placement& placement, const FaceTraits& traits) {
  const Paint frame{kDark, traits.glasses};
  for (const float side : {-1.0F, 1.0F})
    paintRing(canvas, placement, {{side * traits.eye_distance, kEyeHeight + 0.02F}, 0.25F, 0.21F}, 0.03F, frame);
  paintStroke(canvas, placement, {{-0.1F, kEyeHeight}, {0, kEyeHeight - 0.05F}, {0.1F, kEyeHeight}, 0.03F, 0.03F},
              frame);
}

}  // namespace

void paintEyes(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression) {
  for (const float side : {-1.0F, 1.0F}) {
    const Point centre{side * traits.eye_distance, kEyeHeight};
    const Lids lids = lidsOf(traits, expression, side);
    paintEllipse(canvas, placement, {{centre.x, centre.y - 0.03F}, 1.5F * traits.eye_size, 1.1F * traits.eye_size},
                 {times(traits.skin, 0.6F), 0.45F, 0.12F});
    paintEyeball(canvas, placement, traits, lids, centre);
    paintLids(canvas, placement, traits, lids, centre);
  }
  if (traits.glasses > 0) paintGlasses(canvas, placement, traits);
}

void paintBrows(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression) {
  constexpr float kHeight = kEyeHeight - 0.25F;
  constexpr float kArch = 0.07F;
  for (const float side : {-1.0F, 1.0F}) {
    const float inner = kHeight - expression.brow_inner;
    const float outer = kHeight + 0.04F - expression.brow_outer;
    const Stroke brow{{side * (0.15F - expression.brow_pinch), inner},
                      {side * traits.eye_distance, (inner + outer) / 2 - kArch},
                      {side * (traits.eye_distance + 0.2F), outer},
                      traits.brow_thickness,
                      0.45F * traits.brow_thickness};
    paintStroke(canvas, placement, brow, {times(traits.hair, 0.7F), 0.9F, 0.03F});
  }
}

}  // namespace fer::data
