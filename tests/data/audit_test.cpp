#include "fer/data/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using test::kPrivate;
using test::kPublic;
using test::kTrain;
constexpr std::size_t kT = 0;
constexpr std::size_t kU = 1;
constexpr std::size_t kP = 2;

// "abc" stands in rows 0, 2, 5, 6 and 7; "xyz" in rows 1 and 8; row 3 is constant; row 4 is alone.
Audit nineRows() {
  return audit(test::smallDataset({"angry", "happy"}, {{"abc", 0, kTrain},
                                                       {"xyz", 1, kPrivate},
                                                       {"abc", 0, kTrain},
                                                       {"zzz", 1, kTrain},
                                                       {"abd", 0, kPrivate},
                                                       {"abc", 0, kPrivate},
                                                       {"abc", 1, kPrivate},
                                                       {"abc", 1, kPublic},
                                                       {"xyz", 1, kPrivate}}));
}

TEST(Audit, GroupsRowsOfEqualPixels) {
  EXPECT_THAT(nineRows().duplicate_groups, ElementsAre(ElementsAre(0, 2, 5, 6, 7), ElementsAre(1, 8)));
}

TEST(Audit, NamesGroupsWhoseLabelsConflict) {
  EXPECT_THAT(nineRows().conflicting_groups, ElementsAre(0));
}

TEST(Audit, ListsConstantImages) {
  EXPECT_THAT(nineRows().constant_images, ElementsAre(3));
}

TEST(Audit, CountsCopiesWithinAUsage) {
  EXPECT_THAT(nineRows().extra_copies_within, ElementsAre(1, 0, 2, 0));  // row 2; none; rows 6 and 8; none
}

TEST(Audit, CountsRowsThatStandInAnotherUsageToo) {
  const Audit result = nineRows();
  EXPECT_EQ(result.rows_also_in[kP][kT], 2U);             // rows 5 and 6
  EXPECT_EQ(result.rows_also_in_same_label[kP][kT], 1U);  // row 5
  EXPECT_EQ(result.rows_also_in[kT][kP], 2U);             // rows 0 and 2
  EXPECT_EQ(result.rows_also_in_same_label[kT][kP], 2U);  // both have row 5
  EXPECT_EQ(result.rows_also_in[kU][kT], 1U);             // row 7
  EXPECT_EQ(result.rows_also_in_same_label[kU][kT], 0U);
  EXPECT_EQ(result.rows_also_in[kP][kU], 2U);             // rows 5 and 6
  EXPECT_EQ(result.rows_also_in_same_label[kP][kU], 1U);  // row 6
  EXPECT_EQ(result.rows_also_in[kT][kT], 0U);
  EXPECT_EQ(result.rows_also_in[kT][3], 0U);
}

TEST(Audit, FindsNothingWhereNothingIs) {
  const Audit result = audit(test::smallDataset({"a"}, {{"ab", 0, kTrain}, {"ba", 0, kTrain}}));
  EXPECT_THAT(result.duplicate_groups, IsEmpty());
  EXPECT_THAT(result.conflicting_groups, IsEmpty());
  EXPECT_THAT(result.constant_images, IsEmpty());
  EXPECT_THAT(result.extra_copies_within, ElementsAre(0, 0, 0, 0));
}

}  // namespace
}  // namespace fer::data
