#include "report/plot/colour_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace fer::report {
namespace {

constexpr std::array<Colour, 9> kBlues{{{0xf7, 0xfb, 0xff},
                                        {0xde, 0xeb, 0xf7},
                                        {0xc6, 0xdb, 0xef},
                                        {0x9e, 0xca, 0xe1},
                                        {0x6b, 0xae, 0xd6},
                                        {0x42, 0x92, 0xc6},
                                        {0x21, 0x71, 0xb5},
                                        {0x08, 0x51, 0x9c},
                                        {0x08, 0x30, 0x6b}}};

int between(int from, int to, double share) {
  return from + static_cast<int>(std::lround(share * (to - from)));
}

/// Straight lines between colours at even distances from 0 to 1.
Colour interpolated(std::span<const Colour> colours, double value) {
  const double place = std::clamp(value, 0.0, 1.0) * static_cast<double>(colours.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), colours.size() - 2);
  const double share = place - static_cast<double>(below);
  const Colour& from = colours[below];
  const Colour& to = colours[below + 1];
  return {between(from.red, to.red, share), between(from.green, to.green, share), between(from.blue, to.blue, share)};
}

/// Linear light of an sRGB part. Source: WCAG 2.1, relative luminance.
double linear(int part) {
  const double value = part / 255.0;
  return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

}  // namespace

std::string Colour::hex() const {
  constexpr const char* kDigits = "0123456789abcdef";
  constexpr int kBase = 16;
  std::string text = "#";
  for (const int part : {red, green, blue}) {
    text += kDigits[part / kBase];
    text += kDigits[part % kBase];
  }
  return text;
}

Colour sequentialColour(double value) {
  return interpolated(kBlues, value);
}

Colour divergingColour(double value) {
  constexpr Colour kBelow{0x00, 0x72, 0xb2};
  constexpr Colour kMiddle{0xf7, 0xf7, 0xf7};
  constexpr Colour kAbove{0xd5, 0x5e, 0x00};
  const double place = std::clamp(value, -1.0, 1.0);
  const Colour& end = place < 0 ? kBelow : kAbove;
  const double share = std::abs(place);
  return {between(kMiddle.red, end.red, share), between(kMiddle.green, end.green, share),
          between(kMiddle.blue, end.blue, share)};
}

std::string readableOn(const Colour& background) {
  const double luminance =
      0.2126 * linear(background.red) + 0.7152 * linear(background.green) + 0.0722 * linear(background.blue);
  constexpr double kGlare = 0.05;
  const double on_white = (1 + kGlare) / (luminance + kGlare);
  const double on_black = (luminance + kGlare) / kGlare;
  return on_white >= on_black ? "#ffffff" : "#1a1a1a";
}

}  // namespace fer::report
