#include "fer/data/relabel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;

TEST(Relabelled, MatchesClassesByNameAndLeavesOutWhatHasNone) {
  const Dataset dataset = test::smallDataset({"contempt", "sad", "happy"},
                                             {{"aaaa", 2, kTraining}, {"bbbb", 0, kTraining}, {"cccc", 1, kNoPart}});
  const Relabelled found = relabelled(dataset, {"happy", "angry", "sad"});
  EXPECT_EQ(found.left_out, 1U);
  EXPECT_THAT(found.dataset.classes(), ElementsAre("happy", "angry", "sad"));
  EXPECT_THAT(found.dataset.columns().labels, ElementsAre(0, 2));
  EXPECT_THAT(found.dataset.columns().row_ids, ElementsAre(0, 2));
  EXPECT_THAT(found.dataset.columns().parts, ElementsAre(kTraining, kNoPart));
  EXPECT_THAT(found.dataset.pixels(1), ElementsAre('c', 'c', 'c', 'c'));
}

}  // namespace
}  // namespace fer::data
