#pragma once

#include <opencv2/core.hpp>

namespace fer::vision {

/// Where a face is and how it moves: a Kalman filter. Right and down have the same variances, since they are measured
/// at the same times; so have width and height.
struct Motion {
  cv::Point2d centre;    ///< pixels
  cv::Point2d speed;     ///< pixels a second
  cv::Point2d log_size;  ///< natural logarithms of width and height in pixels

  double centre_variance = 0;  ///< pixels squared
  double covariance = 0;       ///< of centre and speed: pixels squared a second
  double speed_variance = 0;   ///< pixels squared a second squared
  double size_variance = 0;    ///< of the logarithms

  cv::Rect2d box() const;
};

/// A face seen for the first time. Boxes are not empty.
Motion motionOf(const cv::Rect2d& box);

/// What is expected so many seconds later.
Motion after(const Motion& motion, double seconds);

/// How little a face is expected there: twice the negative logarithm of the likelihood, without its constants and with
/// lengths in sizes of the face. A sure expectation that is missed is more of a surprise than a vague one.
double surprise(const Motion& expected, const cv::Rect2d& box);

/// What is known once the face was seen there.
Motion corrected(const Motion& expected, const cv::Rect2d& box);

}  // namespace fer::vision
