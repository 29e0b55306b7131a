#include "data/synth/traits.hpp"

namespace fer::data {
namespace {

/// Draws in the house's float: short, as half of this file is draws.
class Draw {
 public:
  explicit Draw(RandomStream& stream) : stream_(stream) {}
  float between(double low, double high) { return static_cast<float>(stream_.uniform(low, high)); }
  bool chance(double share) { return stream_.uniform() < static_cast<float>(share); }
  Rgb between(Rgb a, Rgb b) { return mix(a, b, between(0, 1)); }

 private:
  RandomStream& stream_;
};

void drawPose(FaceTraits& traits, ImageShape shape, Draw& draw) {
  constexpr float kHeadHalfWidth = 0.85F;  // in half heights, hair included
  const auto height = static_cast<float>(shape.height);
  const auto width = static_cast<float>(shape.width);
  traits.placement.unit = std::min(height / 2, width / (2 * kHeadHalfWidth)) * draw.between(0.84, 1.10);
  traits.placement.centre = {width / 2 + traits.placement.unit * draw.between(-0.10, 0.10),
                             height / 2 + traits.placement.unit * draw.between(-0.08, 0.10)};
  traits.placement.tilt = draw.between(-0.2, 0.2);
  traits.turn = draw.between(-0.14, 0.14);
  traits.nod = draw.between(-0.06, 0.06);
}

void drawColours(FaceTraits& traits, Draw& draw) {
  const Rgb pale{0.95F, 0.82F, 0.73F};
  const Rgb dark{0.38F, 0.25F, 0.18F};
  const float tone = draw.between(0, 1);
  traits.skin = mix(pale, dark, tone * tone);
  const Rgb black{0.07F, 0.06F, 0.06F};
  traits.hair = tone > 0.7F ? draw.between(black, {0.2F, 0.13F, 0.09F}) : draw.between(black, {0.70F, 0.52F, 0.30F});
  if (draw.chance(0.1)) traits.hair = draw.between({0.55F, 0.55F, 0.55F}, {0.85F, 0.85F, 0.85F});
  traits.stubble = mix(times(traits.skin, 0.35F), black, draw.between(0, 1));
  traits.lips = mix(times(traits.skin, 0.8F), {0.62F, 0.20F, 0.22F}, draw.between(0.2, 0.7));
  traits.iris =
      draw.between({0.12F, 0.08F, 0.05F}, draw.chance(0.5) ? Rgb{0.35F, 0.45F, 0.55F} : Rgb{0.35F, 0.25F, 0.12F});
  traits.clothes = draw.between({0.1F, 0.1F, 0.15F}, {0.85F, 0.85F, 0.8F});
  traits.background_left = draw.between({0.05F, 0.05F, 0.08F}, {0.95F, 0.95F, 0.92F});
  traits.background_right =
      draw.between(traits.background_left, {draw.between(0, 1), draw.between(0, 1), draw.between(0, 1)});
}

void drawHead(FaceTraits& traits, Draw& draw) {
  traits.head_width = draw.between(0.68, 0.82);
  traits.jaw = draw.between(0.05, 0.32);
  traits.hair_volume = draw.between(0.04, 0.20);
  traits.hairline = draw.between(-0.74, -0.56);
  traits.parting = draw.between(-0.5, 0.5);
  traits.fringe = draw.between(-0.1, 0.35);
  traits.strands = draw.between(4, 11);
  traits.hair_length = draw.between(0.6, 1.5);
  traits.bald = draw.chance(0.08);
  traits.long_hair = draw.chance(0.4);
  if (!traits.long_hair) {
    if (draw.chance(0.15)) traits.beard = draw.between(0.2, 0.6);
    if (draw.chance(0.15)) traits.moustache = draw.between(0.3, 0.8);
  }
  if (draw.chance(0.1)) traits.glasses = draw.between(0.5, 0.9);
}

void drawFeatures(FaceTraits& traits, Draw& draw) {
  traits.eye_distance = draw.between(0.29, 0.36);
  traits.eye_size = draw.between(0.125, 0.165);
  traits.gaze = draw.between(-0.04, 0.04);
  traits.brow_thickness = draw.between(0.045, 0.085);
  traits.nose_length = draw.between(0.31, 0.40);
  traits.nose_width = draw.between(0.09, 0.14);
  traits.mouth_height = draw.between(0.49, 0.56);
  traits.mouth_width = draw.between(0.24, 0.30);
  traits.lip_thickness = draw.between(0.04, 0.085);
}

void drawLight(FaceTraits& traits, Draw& draw) {
  traits.light = {draw.between(-0.8, 0.8), draw.between(-0.7, 0.2)};
  traits.light_depth = draw.between(0.15, 0.6);
  traits.exposure = draw.between(0.75, 1.25);
  traits.contrast = draw.between(0.7, 1.2);
  traits.blur = draw.between(0, 0.7);
  traits.noise = draw.between(2, 9);
}

}  // namespace

FaceTraits drawTraits(ImageShape shape, RandomStream& stream) {
  FaceTraits traits;
  Draw draw(stream);
  drawPose(traits, shape, draw);
  drawColours(traits, draw);
  drawHead(traits, draw);
  drawFeatures(traits, draw);
  drawLight(traits, draw);
  return traits;
}

}  // namespace fer::data
