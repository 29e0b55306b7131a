#include "fer/eval/robustness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "support/function_predictor.hpp"

namespace fer::eval {
namespace {

using testing::ElementsAre;

const std::vector<std::string> kThreeClasses{"dark", "bright"};

/// Grey images of 2 x 2, flat, of the levels given; bright from 100 on.
data::Dataset flat(const std::vector<int>& levels) {
  data::DatasetColumns columns;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    columns.pixels.insert(columns.pixels.end(), 4, static_cast<std::uint8_t>(levels[i]));
    columns.labels.push_back(levels[i] >= 100 ? 1 : 0);
    columns.parts.push_back(data::kNoPart);
    columns.row_ids.push_back(static_cast<std::uint32_t>(i));
  }
  return {{1, 2, 2}, kThreeClasses, std::move(columns)};
}

Pixels brighter(const Face& face, double added) {
  Pixels result;
  for (const std::uint8_t level : face.pixels)
    result.push_back(static_cast<std::uint8_t>(std::clamp(level + added, 0.0, 255.0)));
  return result;
}

Pixels asItIs(const Face& face, double) {
  return {face.pixels.begin(), face.pixels.end()};
}

/// Knows dark from bright by the first pixel.
test::FunctionPredictor judge() {
  return {{1, 2, 2}, kThreeClasses, [](std::span<const std::uint8_t> image) {
            return image[0] >= 100 ? std::vector<float>{0.2F, 0.8F} : std::vector<float>{0.9F, 0.1F};
          }};
}

std::vector<std::uint32_t> firstRows(std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = static_cast<std::uint32_t>(i);
  return rows;
}

TEST(Robustness, AreaIsTheMeanOverTheLevels) {
  EXPECT_DOUBLE_EQ(areaUnder(std::vector<double>{0, 1, 3}, std::vector<double>{1, 0.5, 0}), (0.75 + 0.5) / 3);
  EXPECT_DOUBLE_EQ(areaUnder(std::vector<double>{-2, 5}, std::vector<double>{0.4, 0.4}), 0.4);
  EXPECT_THROW(areaUnder(std::vector<double>{1}, std::vector<double>{1}), std::invalid_argument);
  EXPECT_THROW(areaUnder(std::vector<double>{1, 2}, std::vector<double>{1}), std::invalid_argument);
}

TEST(Robustness, ACurveHasTheScoresOfEachLevel) {
  const data::Dataset dataset = flat({60, 80, 110, 150});
  const Disturbance brightness{"brightness", "grey levels added", 0, {-32, 0, 32, 64}, &brighter};
  test::FunctionPredictor predictor = judge();
  std::vector<std::size_t> told;
  const metrics::RobustnessCurve curve = curveOf(predictor, dataset, firstRows(4), std::vector<int>{0, 0, 1, 1},
                                                 brightness, [&told](std::size_t done, std::size_t total) {
                                                   told.push_back(done);
                                                   EXPECT_EQ(total, 12U);
                                                 });
  // At -32 the third image is taken for dark, at +32 the second for bright, at +64 the first too.
  EXPECT_EQ(curve.disturbance, "brightness");
  EXPECT_EQ(curve.levels, brightness.levels);
  EXPECT_THAT(curve.accuracy, ElementsAre(0.75, 1, 0.75, 0.5));
  // F1 of 2 of 3 and of 1 of 1 + 1 missed; then the reverse; at +64 dark 0, bright 2/3.
  EXPECT_DOUBLE_EQ(curve.macro_f1[0], (0.8 + 2.0 / 3) / 2);
  EXPECT_DOUBLE_EQ(curve.macro_f1[1], 1);
  EXPECT_DOUBLE_EQ(curve.macro_f1[2], (2.0 / 3 + 0.8) / 2);
  EXPECT_DOUBLE_EQ(curve.macro_f1[3], (0 + 2.0 / 3) / 2);
  EXPECT_DOUBLE_EQ(curve.area, (28 + 28 + 20) / 96.0);
  EXPECT_THAT(told, ElementsAre(4, 8, 12));  // nothing is run for the clean level
}

TEST(Robustness, SlicesAreQuartersByBrightnessAndByContrast) {
  // Eight flat images in mixed order; contrast is equal everywhere, so that its quarters go by the order of the rows.
  const data::Dataset dataset = flat({80, 10, 20, 70, 30, 60, 40, 50});
  const std::vector<bool> right{true, false, false, true, true, true, true, false};
  const std::vector<metrics::Slice> slices = naturalSlices(dataset, firstRows(8), right);
  ASSERT_EQ(slices.size(), 8U);
  const auto accuracy = [&slices](std::size_t i) { return slices[i].accuracy; };
  EXPECT_EQ(slices[0].name, "darkest quarter");  // 10, 20: both wrong
  EXPECT_EQ(accuracy(0), 0);
  EXPECT_EQ(accuracy(1), 1);    // 30, 40
  EXPECT_EQ(accuracy(2), 0.5);  // 50, 60
  EXPECT_EQ(accuracy(3), 1);    // 70, 80
  EXPECT_EQ(slices[3].name, "brightest quarter");
  EXPECT_EQ(slices[4].name, "lowest contrast quarter");
  EXPECT_THAT((std::vector{accuracy(4), accuracy(5), accuracy(6), accuracy(7)}), ElementsAre(0.5, 0.5, 1, 0.5));
  for (const metrics::Slice& slice : slices) EXPECT_EQ(slice.rows, 2);
  EXPECT_EQ(slices[0].interval, metrics::wilson(0, 2));
  EXPECT_THROW(naturalSlices(dataset, firstRows(3), right), std::invalid_argument);
}

TEST(Robustness, TriesEveryDisturbanceOnTheRowsAskedForAndSlicesAll) {
  std::vector<int> levels;
  levels.reserve(200);
  for (int i = 0; i < 200; ++i) levels.push_back(i);
  const data::Dataset dataset = flat(levels);
  test::FunctionPredictor predictor = judge();
  const std::vector<std::uint32_t> rows = firstRows(200);
  const metrics::Evaluation clean = evaluate(predictor, dataset, rows, std::vector<bool>(200));
  const std::vector<Disturbance> tried{{"brightness", "", 0, {-96, 0, 96}, &brighter},
                                       {"nothing", "", 0, {0, 1}, &asItIs}};
  std::size_t last = 0;
  const metrics::Robustness found =
      robustness(predictor, dataset, rows, clean, tried, 50, [&](std::size_t done, std::size_t total) {
        EXPECT_GT(done, last);
        EXPECT_EQ(total, 150U);
        last = done;
      });
  EXPECT_EQ(last, imagesNeeded(tried, 50));
  EXPECT_EQ(last, 150U);
  EXPECT_EQ(found.rows, 50);
  ASSERT_EQ(found.curves.size(), 2U);
  for (const metrics::RobustnessCurve& curve : found.curves)
    for (std::size_t i = 0; i < curve.levels.size(); ++i) {
      if (curve.levels[i] != curve.clean) continue;
      EXPECT_EQ(curve.accuracy[i], 1) << curve.disturbance;
    }
  // By hand: of 0, 4, 8 ... 196 the levels 4..96 become bright when 96 are added.
  EXPECT_DOUBLE_EQ(found.curves[0].accuracy.back(), 26.0 / 50);
  ASSERT_EQ(found.slices.size(), 8U);
  EXPECT_EQ(found.slices[0].rows, 50);
  EXPECT_EQ(robustness(predictor, dataset, rows, clean, tried, 0).rows, 200);
}

}  // namespace
}  // namespace fer::eval
