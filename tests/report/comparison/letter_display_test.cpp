#include "report/comparison/letter_display.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/random.hpp"

namespace fer::report {
namespace {

using testing::ElementsAre;

TEST(Letters, AreOneWhereNothingDiffers) {
  EXPECT_THAT(letterDisplay(1, {}), ElementsAre("a"));
  EXPECT_THAT(letterDisplay(3, {}), ElementsAre("a", "a", "a"));
}

TEST(Letters, AreAllOwnWhereAllDiffer) {
  EXPECT_THAT(letterDisplay(3, {{0, 1}, {0, 2}, {1, 2}}), ElementsAre("a", "b", "c"));
}

TEST(Letters, OverlapWhereTheMiddleIsLikeBoth) {
  EXPECT_THAT(letterDisplay(3, {{0, 2}}), ElementsAre("a", "ab", "b"));
}

// 0 and 2 are alike although 1, which stands between them, differs from 0.
TEST(Letters, NeedNotFollowTheRanks) {
  EXPECT_THAT(letterDisplay(3, {{0, 1}}), ElementsAre("a", "b", "ab"));
}

// Thirty pairs that are alike within and different between: thirty letters.
TEST(Letters, GoOnAfterTheAlphabet) {
  std::vector<std::pair<std::size_t, std::size_t>> different;
  for (std::size_t i = 0; i < 30; ++i)
    for (std::size_t j = i + 1; j < 30; ++j) different.emplace_back(i, j);
  const std::vector<std::string> letters = letterDisplay(30, different);
  EXPECT_EQ(letters[25], "z");
  EXPECT_EQ(letters[26], "aa");
  EXPECT_EQ(letters[29], "ad");
}

bool share(const std::string& one, const std::string& other) {
  return one.find_first_of(other) != std::string::npos;
}

TEST(Letters, AreSharedExactlyByThoseThatDoNotDiffer) {
  for (std::uint32_t trial = 0; trial < 200; ++trial) {
    RandomStream random(7, Purpose::kSynth, trial);
    const std::size_t count = 2 + random.below(6);
    std::vector<std::pair<std::size_t, std::size_t>> different;
    std::vector<bool> differs(count * count);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = i + 1; j < count; ++j)
        if (random.below(2) == 0) {
          different.emplace_back(i, j);
          differs[i * count + j] = true;
        }
    const std::vector<std::string> letters = letterDisplay(count, different);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = i + 1; j < count; ++j)
        EXPECT_NE(share(letters[i], letters[j]), differs[i * count + j]) << trial << ": " << i << ", " << j;
  }
}

}  // namespace
}  // namespace fer::report
