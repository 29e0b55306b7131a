#include "fer/image/text.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "image/same_picture.hpp"

namespace fer::image {
namespace {

using namespace fer::test;

cv::Mat drawn(const std::string& text, int height = 12, const cv::Size& size = {200, 40}) {
  cv::Mat picture(size, CV_8UC1, cv::Scalar(0));
  drawText(picture, {5, 8}, text, height, 255);
  return picture;
}

TEST(Text, CapitalsStandWhereTheyShould) {
  for (const int height : {9, 12, 24}) {
    const cv::Rect box = cv::boundingRect(drawn("HTE", height, {400, 60}) > 100);
    EXPECT_NEAR(box.y, 8, 1) << height;
    EXPECT_NEAR(box.height, height, 3) << height;  // and the line's thickness
    EXPECT_GE(box.x, 4) << height;
    EXPECT_NEAR(box.br().x, 5 + textWidth("HTE", height), 4) << height;
  }
  const cv::Rect low = cv::boundingRect(drawn("gpqy|") > 30);
  EXPECT_LE(low.br().y, 8 + lineHeight(12));
}

TEST(Text, OutsideAsciiIsAQuestionMark) {
  EXPECT_EQ(largestDifference(drawn("aü\n中"), drawn("a???")), 0);
  EXPECT_EQ(textWidth("ü", 12), textWidth("?", 12));
}

TEST(Text, IsCutWithAFullStop) {
  EXPECT_EQ(cutToWidth("angry", 12, 200), "angry");
  const std::string cut = cutToWidth("a very long name of a class", 12, 80);
  EXPECT_LE(textWidth(cut, 12), 80);
  EXPECT_GT(textWidth(cut, 12), 60);
  EXPECT_EQ(cut.back(), '.');
  EXPECT_EQ(cutToWidth("a b", 12, textWidth("a .", 12)), "a.");
  EXPECT_EQ(cutToWidth("angry", 12, 0), "");
}

TEST(Text, BeyondThePictureIsNothing) {
  const cv::Mat narrow = drawn("MMM", 24, {3, 4});
  EXPECT_EQ(narrow.size(), cv::Size(3, 4));
}

}  // namespace
}  // namespace fer::image
