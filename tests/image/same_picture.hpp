#pragma once

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

namespace fer::test {

/// The largest difference of a value; a failure where the kinds or the sizes differ.
inline double largestDifference(const cv::Mat& left, const cv::Mat& right) {
  if (left.size() != right.size() || left.type() != right.type()) {
    ADD_FAILURE() << left.size() << " of " << left.channels() << " against " << right.size() << " of "
                  << right.channels();
    return -1;
  }
  return cv::norm(left, right, cv::NORM_INF);
}

}  // namespace fer::test
