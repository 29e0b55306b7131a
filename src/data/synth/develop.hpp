#pragma once

#include <cstdint>
#include <span>

#include "data/synth/canvas.hpp"
#include "data/synth/traits.hpp"
#include "fer/core/random.hpp"

namespace fer::data {

/// What a camera makes of a painted face: blur, exposure, contrast, noise, whole grey levels. `out` is C x H x W; the
/// canvas is used up.
void develop(Canvas& canvas, const FaceTraits& traits, RandomStream noise, std::span<std::uint8_t> out);

}  // namespace fer::data
