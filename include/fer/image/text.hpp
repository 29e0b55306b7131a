#pragma once

#include <opencv2/core/mat.hpp>
#include <string>

/// Text in OpenCV's Hershey letters ("simplex"). Capitals are `height` pixels high, 9 at least to be read; lines grow
/// thicker with the height. Characters outside ASCII are question marks, one each.
namespace fer::image {

/// Pixels from the first letter's left to the last one's right.
int textWidth(const std::string& text, int height);

/// Pixels that a line takes from above its capitals to below its descenders.
int lineHeight(int height);

/// The text, or as many of its first characters with a full stop behind them as `width` pixels hold.
std::string cutToWidth(const std::string& text, int height, int width);

/// A line whose capitals begin at `top_left`; what lies beyond the picture is left out. `colour` is of the picture's
/// kind: grey, or blue, green, red.
void drawText(cv::Mat& picture, const cv::Point& top_left, const std::string& text, int height,
              const cv::Scalar& colour);

}  // namespace fer::image
