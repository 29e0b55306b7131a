#include "data/synth/develop.hpp"

#include <algorithm>
#include <cmath>

namespace fer::data {
namespace {

/// `length` levels, `step` apart.
struct Line {
  float* first;
  std::size_t length;
  std::size_t step;
};

/// Replaces `share` of each level by the mean of it and its neighbours, weighted 1 2 1.
void soften(const Line& line, float share) {
  float before = *line.first;
  for (std::size_t i = 0; i < line.length; ++i) {
    float& level = line.first[i * line.step];
    const float here = level;
    const float after = i + 1 < line.length ? line.first[(i + 1) * line.step] : here;
    level = here + share * (0.25F * (before + after) - 0.5F * here);
    before = here;
  }
}

void soften(Canvas& canvas, float share) {
  const auto channels = static_cast<std::size_t>(canvas.shape().channels);
  const auto height = static_cast<std::size_t>(canvas.shape().height);
  const auto width = static_cast<std::size_t>(canvas.shape().width);
  for (std::size_t channel = 0; channel < channels; ++channel) {
    float* const plane = canvas.levels().data() + channel * height * width;
    for (std::size_t row = 0; row < height; ++row) soften(Line{plane + row * width, width, 1}, share);
    for (std::size_t column = 0; column < width; ++column) soften(Line{plane + column, height, width}, share);
  }
}

/// About normal with deviation 1, from one draw: the sum of its four bytes.
float roughNormal(RandomStream& stream) {
  const std::uint32_t bits = stream.bits();
  const auto sum = static_cast<float>((bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24));
  constexpr float kMean = 510;
  constexpr float kDeviation = 147.8F;  // sqrt(4 (256^2 - 1) / 12)
  return (sum - kMean) / kDeviation;
}

}  // namespace

void develop(Canvas& canvas, const FaceTraits& traits, RandomStream noise, std::span<std::uint8_t> out) {
  soften(canvas, traits.blur);
  constexpr float kMiddle = 0.5F;
  const std::vector<float>& levels = canvas.levels();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const float lit = kMiddle + traits.contrast * (traits.exposure * levels[i] - kMiddle);
    const float grey = 255 * lit + traits.noise * roughNormal(noise);
    out[i] = static_cast<std::uint8_t>(std::lround(std::clamp(grey, 0.0F, 255.0F)));
  }
}

}  // namespace fer::data
