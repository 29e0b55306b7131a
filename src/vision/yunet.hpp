#pragma once

#include <memory>

#include "fer/vision/detector.hpp"

namespace fer::vision {

/// YuNet of March 2023 (Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023) by OpenCV's dnn. It
/// finds faces from about 18 to 500 pixels wide. A picture with a side above 640 is looked at twice: at 640, where a
/// face may fill the picture, and at DetectorOptions::longest_side, for the small ones.
std::unique_ptr<Detector> makeYunet(const DetectorOptions& options);

}  // namespace fer::vision
