#include "fer/report/picture/confusion.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "fer/image/decode.hpp"
#include "report/plot/colour_scale.hpp"
#include "support/made_pictures.hpp"

namespace fer::report {
namespace {

const cv::Size kMatrixCell(72, 44);
constexpr int kMatrixMargin = 12;

cv::Mat matrix(const std::vector<std::int64_t>& counts, const std::vector<std::string>& classes) {
  const std::string png = confusionPicture(metrics::ConfusionMatrix(classes.size(), counts), classes);
  return image::decode(test::bytesOf(png), "matrix");
}

/// A cell of a matrix of two classes; names and heading may make the picture wider than its cells.
cv::Mat cellAt(const cv::Mat& picture, int row, int column) {
  const int top = picture.rows - kMatrixMargin - 2 * kMatrixCell.height;
  // The first column that has the colour of a cell.
  int left = 0;
  while (picture.at<cv::Vec3b>(picture.rows - kMatrixMargin - 2, left) == cv::Vec3b(255, 255, 255)) ++left;
  return picture(cv::Rect(left + column * kMatrixCell.width, top + row * kMatrixCell.height, kMatrixCell.width - 1,
                          kMatrixCell.height - 1));
}

std::string cornerOf(const cv::Mat& cell) {
  const auto& pixel = cell.at<cv::Vec3b>(0, 0);
  return Colour{pixel[2], pixel[1], pixel[0]}.hex();
}

TEST(ConfusionPicture, ColoursEachCellByItsShareOfTheTrueClass) {
  // Of class a 3 of 4 are taken for b; class b has no rows.
  const cv::Mat picture = matrix({1, 3, 0, 0}, {"a", "b"});
  EXPECT_EQ(cornerOf(cellAt(picture, 0, 0)), sequentialColour(0.25).hex());
  EXPECT_EQ(cornerOf(cellAt(picture, 0, 1)), sequentialColour(0.75).hex());
  EXPECT_EQ(cornerOf(cellAt(picture, 1, 0)), sequentialColour(0).hex());
  EXPECT_EQ(cornerOf(cellAt(picture, 1, 1)), sequentialColour(0).hex());
}

TEST(ConfusionPicture, WritesThePerCentInTheMiddleOfTheCell) {
  const cv::Mat cell = cellAt(matrix({1, 3, 0, 0}, {"a", "b"}), 0, 1);
  cv::Mat ink;
  cv::absdiff(cell, cv::Mat(cell.size(), cell.type(), cv::Scalar(cell.at<cv::Vec3b>(0, 0))), ink);
  cv::extractChannel(ink, ink, 2);  // white on blue: far apart in red
  const cv::Rect box = cv::boundingRect(ink > 60);
  EXPECT_NEAR(box.x + box.width / 2.0, cell.cols / 2.0, 2);
  EXPECT_NEAR(box.y + box.height / 2.0, cell.rows / 2.0, 2);
  EXPECT_NEAR(box.height, 9, 2);
}

TEST(ConfusionPicture, CutsLongNamesAndRefusesMissingOnes) {
  const cv::Mat picture = matrix({1, 0, 0, 1}, {std::string(400, 'x'), "müde & <sad>"});
  EXPECT_LT(picture.cols, 600);
  EXPECT_THROW(confusionPicture(metrics::ConfusionMatrix(2, {1, 0, 0, 1}), {"a"}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
