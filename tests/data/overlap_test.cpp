#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/data/protocol.hpp"
#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;

constexpr std::uint8_t kAny = kNoPart;

// Rows 0, 3 and 6 are equal, as are 1 and 5; row 4 differs from row 0 in its last pixel.
Dataset sevenImages() {
  return test::smallDataset({"a", "b"}, {{"aaaa", 0, kAny},
                                         {"bbbb", 0, kAny},
                                         {"cccc", 0, kAny},
                                         {"aaaa", 1, kAny},
                                         {"aaab", 0, kAny},
                                         {"bbbb", 0, kAny},
                                         {"aaaa", 0, kAny}});
}

TEST(Overlap, CountsRowsWhosePixelsAlsoTrain) {
  Split split;
  split.train = {0, 2};
  split.validation = {4, 6};
  split.test = {1, 3, 5};
  const Overlap counted = overlap(sevenImages(), split);
  EXPECT_EQ(counted.test_in_train, 1U);        // row 3
  EXPECT_EQ(counted.validation_in_train, 1U);  // row 6
}

TEST(Overlap, CountsNothingBetweenOtherParts) {
  Split split;
  split.train = {2};
  split.validation = {0, 1};
  split.test = {3, 5};
  const Overlap counted = overlap(sevenImages(), split);
  EXPECT_EQ(counted.test_in_train, 0U);
  EXPECT_EQ(counted.validation_in_train, 0U);
}

TEST(StandIn, AnswersForEachRowInItsOrder) {
  EXPECT_THAT(standIn(sevenImages(), {5, 4, 3, 2}, {6, 1}), ElementsAre(true, false, true, false));
  EXPECT_THAT(standIn(sevenImages(), {0, 1}, {}), ElementsAre(false, false));
}

}  // namespace
}  // namespace fer::data
