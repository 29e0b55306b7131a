#include "data/synth/painter.hpp"
#include "data/synth/shapes.hpp"

namespace fer::data {

void paintNose(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression) {
  const float base = -0.1F + traits.nose_length - 0.03F * expression.nose_wrinkle;
  const float width = traits.nose_width * (1 + 0.25F * expression.nose_wrinkle);
  const Rgb shadow = times(traits.skin, 0.5F);
  const float away = traits.light.x > 0 ? -1.0F : 1.0F;  // the side that the light does not reach
  paintStroke(canvas, placement,
              {{away * 0.07F, -0.16F}, {away * 0.05F, 0.05F}, {away * width, base - 0.05F}, 0.05F, 0.08F},
              {shadow, 0.4F, 0.08F});
  paintStroke(canvas, placement, {{0, -0.1F}, {0, 0.05F}, {0, base - 0.06F}, 0.04F, 0.07F},
              {mix(traits.skin, {1, 1, 1}, 0.35F), 0.5F, 0.08F});
  paintStroke(canvas, placement, {{-width, base - 0.06F}, {0, base + 0.1F}, {width, base - 0.06F}, 0.03F, 0.03F},
              {shadow, 0.6F, 0.05F});
  for (const float side : {-1.0F, 1.0F})
    paintEllipse(canvas, placement, {{side * 0.55F * width, base - 0.005F}, 0.036F, 0.022F},
                 {times(traits.skin, 0.2F), 0.8F, 0.03F});
}

void paintWrinkles(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression) {
  const Rgb shadow = times(traits.skin, 0.4F);
  const auto line = [&](const Stroke& stroke, float strength) {
    constexpr float kFaint = 0.05F;
    constexpr float kStrongest = 0.75F;
    if (strength > kFaint) paintStroke(canvas, placement, stroke, {shadow, kStrongest * strength, 0.03F});
  };
  constexpr float kWidth = 0.025F;
  const float mouth_half = traits.mouth_width * expression.mouth_width;
  const float corner = traits.mouth_height - expression.mouth_corner;
  for (const float side : {-1.0F, 1.0F}) {
    line({{side * (traits.nose_width + 0.02F), 0.17F},
          {side * (mouth_half + 0.08F), 0.25F},
          {side * (mouth_half + 0.1F), corner},
          kWidth,
          kWidth},
         expression.cheek_folds);
    line({{side * 0.05F, -0.44F}, {side * 0.04F, -0.34F}, {side * 0.06F, -0.24F}, kWidth, kWidth},
         expression.frown_lines);
    line({{side * 0.02F, -0.10F}, {side * 0.07F, -0.12F}, {side * 0.12F, -0.05F}, kWidth, kWidth},
         expression.nose_wrinkle);
    line({{side * 0.03F, 0.00F}, {side * 0.09F, -0.02F}, {side * 0.15F, 0.06F}, kWidth, kWidth},
         expression.nose_wrinkle);
    line({{side * (traits.eye_distance - 0.13F), 0.02F},
          {side * traits.eye_distance, 0.09F},
          {side * (traits.eye_distance + 0.15F), 0.0F},
          kWidth,
          kWidth},
         expression.squint);
  }
  for (const float height : {-0.50F, -0.58F})
    line({{-0.3F, height}, {0, height - 0.03F - expression.brow_inner / 3}, {0.3F, height}, kWidth, kWidth},
         expression.brow_lines);
}

}  // namespace fer::data
