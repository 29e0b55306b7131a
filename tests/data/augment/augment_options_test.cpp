#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "fer/data/augment/profile.hpp"
#include "fer/data/options.hpp"
#include "support/error_of.hpp"

namespace fer::data {
namespace {

TEST(AugmentOptions, RefuseWhatDoesNotGoTogether) {
  const auto refused = [](const std::function<void(AugmentOptions&)>& change) {
    AugmentOptions options;
    change(options);
    return test::errorOf(Fault::kUsage, [&] { validate(options, "x.json"); });
  };
  const std::vector<double> backwards{2, 1};
  EXPECT_EQ(refused([&](AugmentOptions& o) { o.gamma = backwards; }),
            "x.json: augment.gamma: expected [low, high], found a low end above the high end");
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.brightness = backwards; }), testing::HasSubstr("brightness"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.contrast = backwards; }), testing::HasSubstr("contrast"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.scale = backwards; }), testing::HasSubstr("scale"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.aspect = backwards; }), testing::HasSubstr("augment.aspect"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.erasing.area = backwards; }), testing::HasSubstr("erasing.area"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.erasing.aspect = backwards; }), testing::HasSubstr("erasing.aspect"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.blur.sigma = backwards; }), testing::HasSubstr("blur.sigma"));
  EXPECT_THAT(refused([&](AugmentOptions& o) { o.noise.sigma = backwards; }), testing::HasSubstr("noise.sigma"));
  EXPECT_THAT(refused([](AugmentOptions& o) { o.flip_alternating = true; }), testing::HasSubstr("horizontal_flip"));
  AugmentOptions fine;
  EXPECT_NO_THROW(validate(fine, "x.json"));
}

TEST(AugmentedShape, IsTheImagesOwnButForACrop) {
  EXPECT_EQ(augmentedShape({}, {1, 48, 40}), (ImageShape{1, 48, 40}));
  EXPECT_EQ(augmentedShape({.crop = 40}, {3, 48, 40}), (ImageShape{3, 40, 40}));
  EXPECT_EQ(test::errorOf(Fault::kUsage,
                          [] {
                            augmentedShape({.crop = 44}, {1, 48, 40});
                          }),
            "augment.crop: 44 is more than the images' 48 x 40 pixels. Choose a smaller crop, or 0 for none.");
}

}  // namespace
}  // namespace fer::data
