#pragma once

#include "data/synth/canvas.hpp"
#include "data/synth/expression.hpp"
#include "data/synth/traits.hpp"

namespace fer::data {

/// Paints a whole picture: background, shoulders, hair, head, and the features below; then the light.
void paintFace(Canvas& canvas, const FaceTraits& traits, const Expression& expression);

/// The features alone, at the placement of the face as it is turned.
void paintEyes(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression);
void paintBrows(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression);
void paintNose(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression);
void paintMouth(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression);
void paintWrinkles(Canvas& canvas, const Placement& placement, const FaceTraits& traits, const Expression& expression);

}  // namespace fer::data
