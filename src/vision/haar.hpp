#pragma once

#include <memory>

#include "fer/vision/detector.hpp"

namespace fer::vision {

/// The frontal faces of opencv-data's cascade, as the original project looked for them: on the grey picture,
/// detectMultiScale(1.3, 5). From 24 pixels of the (shrunk) picture up. No scores, no landmarks.
std::unique_ptr<Detector> makeHaar(const DetectorOptions& options);

}  // namespace fer::vision
