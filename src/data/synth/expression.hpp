#pragma once

#include <cstddef>
#include <string>

#include "fer/core/random.hpp"

namespace fer::data {

/// How a drawn face moves: the values here are a face at rest. Lengths in face units (half the head's height).
struct Expression {
  float brow_inner = 0;    ///< how far the inner ends are raised
  float brow_outer = 0;    ///< how far the outer ends are raised
  float brow_pinch = 0;    ///< how far the inner ends are drawn together
  float eye_open = 1;      ///< factor of the upper lid's height
  float eye_slant = 0;     ///< how far the outer corners hang
  float squint = 0;        ///< how far the lower lid is raised, 0 to 1
  float mouth_corner = 0;  ///< how far the corners are raised
  float mouth_width = 1;   ///< factor
  float mouth_open = 0;    ///< height of the gap between the lips
  float upper_lip = 0;     ///< how far the middle of the upper lip is raised
  float lip_press = 0;     ///< how thin the lips are pressed, 0 to 1
  float teeth = 0;         ///< share of the gap that shows teeth, 0 to 1
  float nose_wrinkle = 0;  ///< 0 to 1, as the four below
  float cheek_folds = 0;   ///< lines from the nose to the corners of the mouth
  float frown_lines = 0;   ///< upright lines between the brows
  float brow_lines = 0;    ///< level lines across the forehead
};

/// What a class shows. FER-2013's seven names have their own expressions, after the facial actions that Ekman and
/// Friesen describe (Unmasking the Face, 1975); any other name gets features spread evenly by its index.
Expression expressionOf(const std::string& class_name, std::size_t index);

/// The expression as one face shows it: weaker or stronger, and no feature quite as the next face's.
Expression varied(const Expression& expression, RandomStream& stream);

}  // namespace fer::data
