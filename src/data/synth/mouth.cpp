#include "data/synth/painter.hpp"
#include "data/synth/shapes.hpp"

namespace fer::data {
namespace {

constexpr Rgb kInside{0.14F, 0.04F, 0.04F};
constexpr Rgb kTeeth{0.92F, 0.90F, 0.86F};

/// The mouth's curves: heights below its corners' rest, t from -1 to 1 between the corners.
struct Mouth {
  float half_width;
  float corner;  ///< height of the corners
  float top;     ///< of the gap's upper edge in the middle
  float bottom;  ///< of its lower edge
  float lip;     ///< thickness of the lips in the middle

  // The lips meet in a parabola; the gap between them is rounder than one.
  static float round(float t) { return std::sqrt(1 - t * t); }
  float middle(float t) const { return corner - corner * (1 - t * t); }
  float gapTop(float t) const { return middle(t) + top * round(t); }
  float gapBottom(float t) const { return middle(t) + bottom * round(t); }
  float lipTop(float t) const { return gapTop(t) - lip * round(t); }
  float lipBottom(float t) const { return gapBottom(t) + 1.2F * lip * round(t); }
};

Mouth mouthOf(const FaceTraits& traits, const Expression& expression) {
  // Half of the way the corners are raised is seen as the middle being lower.
  constexpr float kUp = 0.35F;
  return {traits.mouth_width * expression.mouth_width, -expression.mouth_corner,
          -kUp * expression.mouth_open - expression.upper_lip,
          (1 - kUp) * expression.mouth_open - 0.5F * std::max(0.0F, expression.upper_lip - expression.mouth_open),
          traits.lip_thickness * (1 - expression.lip_press)};
}

template <class Top, class Bottom>
void paintBand(Canvas& canvas, const Placement& placement, Point centre, float half_width, const Paint& paint, Top top,
               Bottom bottom) {
  constexpr float kReach = 0.7F;
  const Band band{centre, half_width, top, bottom};
  canvas.paint(placement,
               {centre.x - half_width - 0.1F, centre.y - kReach, centre.x + half_width + 0.1F, centre.y + kReach},
               paint, [&](Point point) { return band.distance(point); });
}

}  // namespace

void paintMouth(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression) {
  const Point centre{0, traits.mouth_height};
  const Mouth mouth = mouthOf(traits, expression);
  const auto band = [&](const Paint& paint, auto top, auto bottom) {
    paintBand(canvas, placement, centre, mouth.half_width, paint, top, bottom);
  };
  const auto gapTop = [&](float t) { return mouth.gapTop(t); };
  const auto gapBottom = [&](float t) { return mouth.gapBottom(t); };
  if (traits.moustache > 0)
    paintStroke(canvas, placement,
                {{-0.24F, centre.y - 0.11F + mouth.top},
                 {0, centre.y - 0.21F + mouth.top},
                 {0.24F, centre.y - 0.11F + mouth.top},
                 0.1F,
                 0.1F},
                {traits.stubble, traits.moustache, 0.05F});
  paintEllipse(canvas, placement, {{0, centre.y + mouth.bottom + 2.6F * traits.lip_thickness}, 0.16F, 0.05F},
               {times(traits.skin, 0.55F), 0.4F, 0.1F});
  band(
      {traits.lips, 0.9F}, [&](float t) { return mouth.lipTop(t); }, [&](float t) { return mouth.lipBottom(t); });
  band({kInside}, gapTop, gapBottom);
  if (expression.teeth > 0)
    band({kTeeth, 0.95F}, gapTop, [&](float t) {
      const float clear_of_corners = std::max(0.0F, 1 - t * t * t * t);
      return mouth.gapTop(t) + 0.75F * expression.teeth * clear_of_corners * (mouth.gapBottom(t) - mouth.gapTop(t));
    });
  // Where the lips meet, or the shadow under the upper one.
  constexpr float kLine = 0.014F;
  band(
      {kInside, 0.85F}, [&](float t) { return mouth.gapTop(t) - kLine; },
      [&](float t) { return mouth.gapTop(t) + kLine; });
}

}  // namespace fer::data
