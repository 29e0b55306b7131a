#include "fer/predict/views.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

#include "fer/predict/views_predictor.hpp"
#include "support/function_predictor.hpp"

namespace fer::predict {
namespace {

using testing::ElementsAre;
using Bytes = std::vector<std::uint8_t>;

TEST(Views, FlipShowsTheImageAndItsMirrorImage) {
  const ImageShape shape{2, 2, 3};
  const Bytes image{1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16};
  const std::vector<View> views = flipViews(shape);
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(seen(views[0], shape, image), image);
  EXPECT_THAT(seen(views[1], shape, image), ElementsAre(3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14));
}

TEST(Views, TenCropsAreTheCornersAndTheCentreEachWithItsMirrorImage) {
  const std::vector<View> views = tenCropViews({1, 48, 24});
  const View parts[] = {{0, 0, 44, 22}, {0, 2, 44, 22}, {4, 0, 44, 22}, {4, 2, 44, 22}, {2, 1, 44, 22}};
  ASSERT_EQ(views.size(), 10U);
  for (std::size_t i = 0; i < 5; ++i) {
    View part = parts[i];
    EXPECT_EQ(views[2 * i], part) << i;
    part.mirrored = true;
    EXPECT_EQ(views[2 * i + 1], part) << i;
  }
  EXPECT_EQ(tenCropViews({1, 1, 1}).front(), (View{0, 0, 1, 1}));
}

// torch.nn.functional.interpolate(torch.tensor([[[10., 40.], [50., 80.]]])[None], size=(4, 4), mode="bilinear",
// align_corners=False): rows 10, 17.5, 32.5, 40; 20, 27.5, 42.5, 50; 40, 47.5, 62.5, 70; 50, 57.5, 72.5, 80.
TEST(Views, APartIsDrawnToTheSizeOfTheWholeBilinearly) {
  const ImageShape shape{1, 4, 4};
  Bytes image(16, 200);
  image[5] = 10;
  image[6] = 40;
  image[9] = 50;
  image[10] = 80;
  EXPECT_THAT(seen({1, 1, 2, 2, false}, shape, image),
              ElementsAre(10, 18, 33, 40, 20, 28, 43, 50, 40, 48, 63, 70, 50, 58, 73, 80));
  EXPECT_THAT(seen({1, 1, 2, 2, true}, shape, image),
              ElementsAre(40, 33, 18, 10, 50, 43, 28, 20, 70, 63, 48, 40, 80, 73, 58, 50));
}

TEST(Views, AreNamed) {
  EXPECT_EQ(viewsOf("flip", {1, 8, 8}), flipViews({1, 8, 8}));
  EXPECT_EQ(viewsOf("tencrop", {1, 8, 8}), tenCropViews({1, 8, 8}));
  EXPECT_THROW(viewsOf("none", {1, 8, 8}), std::invalid_argument);
}

/// Of an image of 1 x 2: the share of its left pixel.
std::unique_ptr<test::FunctionPredictor> leftShare() {
  return std::make_unique<test::FunctionPredictor>(
      ImageShape{1, 1, 2}, std::vector<std::string>{"left", "right"}, [](std::span<const std::uint8_t> image) {
        const float left = static_cast<float>(image[0]) / static_cast<float>(image[0] + image[1]);
        return std::vector<float>{left, 1 - left};
      });
}

TEST(ViewsPredictor, AveragesWhatThePredictorSaysOfEachView) {
  auto within = leftShare();
  const test::FunctionPredictor& calls = *within;
  ViewsPredictor predictor(std::move(within), {{0, 0, 1, 2, false}, {0, 0, 1, 2, true}, {0, 0, 1, 2, false}});
  // (0.75 + 0.25 + 0.75) / 3 and (0.1 + 0.9 + 0.1) / 3.
  const std::vector<float> found = predictor.probabilities(Bytes{75, 25, 10, 90});
  ASSERT_EQ(found.size(), 4U);
  EXPECT_NEAR(found[0], 1.75 / 3, 1e-7);
  EXPECT_NEAR(found[1], 1.25 / 3, 1e-7);
  EXPECT_NEAR(found[2], 1.1 / 3, 1e-7);
  EXPECT_NEAR(found[3], 1.9 / 3, 1e-7);
  EXPECT_THAT(calls.batches, ElementsAre(2, 2, 2));  // a view's images at once
  EXPECT_THAT(predictor.classes(), ElementsAre("left", "right"));
}

TEST(ViewsPredictor, RefusesWhatCannotBeMeant) {
  EXPECT_THROW(ViewsPredictor(leftShare(), {}), std::invalid_argument);
  ViewsPredictor predictor(leftShare(), flipViews({1, 1, 2}));
  EXPECT_THROW(predictor.probabilities(Bytes{1, 2, 3}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::predict
