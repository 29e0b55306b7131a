#include "train/optim/layer_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"

namespace fer::train {
namespace {

TEST(LayerNumbers, AreALayerAndANumber) {
  const auto list = parseLayerNumbers({"layer4:0.1", "features.0:3", "a:b:2e-1"}, "key");
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].layer, "layer4");
  EXPECT_EQ(list[0].number, 0.1);
  EXPECT_EQ(list[1].number, 3);
  EXPECT_EQ(list[2].layer, "a:b");
  EXPECT_EQ(list[2].number, 0.2);
}

TEST(LayerNumbers, RefuseEverythingElse) {
  for (const char* text : {"", ":", ":1", "layer4", "layer4:", "layer4:x", "layer4:1x", "layer4:-1", "layer4:nan",
                           "layer4:inf", "layer4:1e7", "layer4: 1"}) {
    try {
      parseLayerNumbers({text}, "train.unfreeze");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kUsage);
      EXPECT_THAT(error.what(), ::testing::StartsWith("train.unfreeze: expected LAYER:NUMBER")) << text;
    }
  }
}

TEST(LayerNumbers, TheLongestNameDecides) {
  const std::vector<LayerNumber> list = {{"features", 0.1}, {"features.2", 0.5}, {"features.2.bias", 0.7}};
  EXPECT_EQ(numberFor("features.2.weight", list, 1), 0.5);
  EXPECT_EQ(numberFor("features.2.bias", list, 1), 0.7);
  EXPECT_EQ(numberFor("features.21.weight", list, 1), 0.1);
  EXPECT_EQ(numberFor("head.dense1.weight", list, 1), 1);
}

}  // namespace
}  // namespace fer::train
