#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <vector>

#include "fer/data/preprocess.hpp"

namespace fer::image {

/// A picture as the bytes that datasets hold and predictors take: input.channels x input.height x input.width.
///
/// With a face's box, what is cut out is the smallest piece of the input's proportions about the box's middle that
/// holds the box and margin times its longer side on each side: a square where the input is one. Faces of FER-2013 are
/// square pieces about square boxes; a tall box, as some detectors give, is widened and not stretched. Pixels beyond
/// the picture's edge repeat it, as in augmentation. Without a box the whole picture is stretched to the input's size:
/// it is a face that was cut out already. Then grey or colour as withChannels(), and resized().
///
/// The bytes are levels 0..255; rescale is data::preprocess()'s. Throws std::invalid_argument where the picture is not
/// of 8 bit and 1 or 3 channels, and where the box is empty, lies outside of the picture or is over four times as
/// large.
std::vector<std::uint8_t> preprocess(const data::Preprocess& how, const cv::Mat& picture,
                                     const std::optional<cv::Rect>& face = {});

/// The piece that preprocess() cuts out; it may reach beyond the picture.
cv::Rect cutAbout(const cv::Rect& face, const data::Preprocess& how);

}  // namespace fer::image
