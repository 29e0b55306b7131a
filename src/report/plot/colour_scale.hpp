#pragma once

#include <string>

namespace fer::report {

/// A colour, each part from 0 to 255.
struct Colour {
  int red = 0;
  int green = 0;
  int blue = 0;

  std::string hex() const;  ///< "#08306b"
};

/// From nearly white (0) to dark blue (1); values outside are clamped. Source: ColorBrewer's nine-class Blues.
Colour sequentialColour(double value);

/// From blue (-1) over nearly white (0) to orange (1), which colour-blind readers tell apart; values outside are
/// clamped. Source: the blue and vermillion of Okabe and Ito's palette.
Colour divergingColour(double value);

/// Nearly black or white, whichever can be read better on the colour, by the contrast ratio of WCAG 2.
std::string readableOn(const Colour& background);

}  // namespace fer::report
