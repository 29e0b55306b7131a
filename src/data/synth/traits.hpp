#pragma once

#include "data/synth/canvas.hpp"
#include "fer/core/random.hpp"

namespace fer::data {

/// Who a drawn face is, how it is held, and how it is lit: all that says nothing of the emotion.
struct FaceTraits {
  Placement placement;
  float turn = 0;  ///< how far the features are moved sideways by a turned head, in face units
  float nod = 0;   ///< how far they are moved down by a bowed one

  Rgb skin{};
  Rgb hair{};
  Rgb stubble{};  ///< beard and moustache
  Rgb lips{};
  Rgb iris{};
  Rgb clothes{};
  Rgb background_left{};
  Rgb background_right{};

  float head_width = 0.76F;  ///< half the head's, in face units
  float jaw = 0.2F;          ///< how much narrower the chin is, 0 to 1
  float hair_volume = 0.1F;  ///< by how much the hair stands beyond the head
  float hairline = -0.6F;    ///< height of its middle
  float parting = 0;         ///< where the fringe parts, in face units
  float fringe = 0;          ///< how much lower the hairline is per face unit beside the parting
  float strands = 8;         ///< of the hairline, per face unit
  float hair_length = 1;     ///< where long hair ends
  bool bald = false;
  bool long_hair = false;

  float eye_distance = 0.33F;  ///< from the face's middle
  float eye_size = 0.15F;      ///< half width
  float gaze = 0;              ///< of the irises, in face units
  float brow_thickness = 0.06F;
  float nose_length = 0.36F;
  float nose_width = 0.11F;
  float mouth_height = 0.52F;
  float mouth_width = 0.27F;  ///< half
  float lip_thickness = 0.06F;
  float beard = 0;      ///< opacity
  float moustache = 0;  ///< opacity
  float glasses = 0;    ///< opacity

  Point light;            ///< direction it comes from, each -1 to 1
  float light_depth = 0;  ///< share of the light that has a direction
  float exposure = 1;
  float contrast = 1;
  float blur = 0;   ///< 0 to 1: share of a 3 x 3 binomial filter
  float noise = 0;  ///< deviation, in grey levels of 255
};

FaceTraits drawTraits(ImageShape shape, RandomStream& stream);

}  // namespace fer::data
