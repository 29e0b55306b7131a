#include "vision/track/motion.hpp"

#include <cmath>

namespace fer::vision {
namespace {

// Lengths are in sizes of the face (the root of its box's area), so that neither the picture's resolution nor the
// face's distance matters. The values are those that gave the fewest switches in the scenes of tests/vision/track, with
// YuNet's errors and Haar's, at 25, 10 and 5 detections a second.
constexpr double kBoxError = 0.06;      // deviation of a detected centre
constexpr double kFirstSpeed = 1.5;     // deviation of the speed of a face that was seen once, a second
constexpr double kAcceleration = 1.25;  // root of the spectral density of the acceleration, a second^1.5
constexpr double kSizeError = 0.16;     // deviation of the logarithm of a detected width
constexpr double kSizeChange = 0.2;     // deviation of that logarithm's change in a second

double squared(double value) {
  return value * value;
}

double sizeOf(const Motion& motion) {
  return std::exp((motion.log_size.x + motion.log_size.y) / 2);
}

cv::Point2d centreOf(const cv::Rect2d& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

cv::Point2d logSizeOf(const cv::Rect2d& box) {
  return {std::log(box.width), std::log(box.height)};
}

}  // namespace

cv::Rect2d Motion::box() const {
  const cv::Size2d size(std::exp(log_size.x), std::exp(log_size.y));
  return {{centre.x - size.width / 2, centre.y - size.height / 2}, size};
}

Motion motionOf(const cv::Rect2d& box) {
  Motion motion{centreOf(box), {}, logSizeOf(box)};
  motion.centre_variance = squared(kBoxError * sizeOf(motion));
  motion.speed_variance = squared(kFirstSpeed * sizeOf(motion));
  motion.size_variance = squared(kSizeError);
  return motion;
}

Motion after(const Motion& motion, double seconds) {
  Motion later = motion;
  const double noise = squared(kAcceleration * sizeOf(motion));
  later.centre += motion.speed * seconds;
  later.centre_variance += seconds * (2 * motion.covariance + seconds * (motion.speed_variance + seconds * noise / 3));
  later.covariance += seconds * (motion.speed_variance + seconds * noise / 2);
  later.speed_variance += seconds * noise;
  later.size_variance += seconds * squared(kSizeChange);
  return later;
}

double surprise(const Motion& expected, const cv::Rect2d& box) {
  const double size = sizeOf(expected);
  const double centre_variance = expected.centre_variance / squared(size) + squared(kBoxError);
  const double size_variance = expected.size_variance + squared(kSizeError);
  const cv::Point2d off = (centreOf(box) - expected.centre) / size;
  const cv::Point2d larger = logSizeOf(box) - expected.log_size;
  return off.dot(off) / centre_variance + larger.dot(larger) / size_variance +
         2 * std::log(centre_variance * size_variance);
}

Motion corrected(const Motion& expected, const cv::Rect2d& box) {
  Motion known = expected;
  const double total = expected.centre_variance + squared(kBoxError * sizeOf(expected));
  const double to_centre = expected.centre_variance / total;
  const double to_speed = expected.covariance / total;
  const cv::Point2d off = centreOf(box) - expected.centre;
  known.centre += to_centre * off;
  known.speed += to_speed * off;
  known.centre_variance *= 1 - to_centre;
  known.covariance *= 1 - to_centre;
  known.speed_variance -= to_speed * expected.covariance;
  const double to_size = expected.size_variance / (expected.size_variance + squared(kSizeError));
  known.log_size += to_size * (logSizeOf(box) - expected.log_size);
  known.size_variance *= 1 - to_size;
  return known;
}

}  // namespace fer::vision
