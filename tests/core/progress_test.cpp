#include "fer/core/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <thread>

namespace fer {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

/// Longer than the pause between two drawings of the bar.
void letABarPassBy() {
  std::this_thread::sleep_for(std::chrono::milliseconds(120));
}

TEST(Progress, OnATerminalABarIsDrawnInPlaceWithRateTextAndTimeLeft) {
  std::ostringstream out;
  Progress progress(out, true, "epoch 3/50", 1000);
  letABarPassBy();
  progress.update(250, "loss 1.2034");
  EXPECT_THAT(out.str(),
              ContainsRegex("^\repoch 3/50 \\[======                  \\]  25%  [0-9.]+ img/s  loss 1.2034  ETA 0:0"));
  const std::string first = out.str();
  progress.update(260, "loss 1.2033");
  EXPECT_EQ(out.str(), first) << "drawn again at once";
  letABarPassBy();
  progress.update(1000, "");
  EXPECT_THAT(out.str(), HasSubstr("[========================] 100%"));
  EXPECT_THAT(out.str(), HasSubstr("ETA 0:00"));
  EXPECT_THAT(out.str(), Not(HasSubstr("\n")));
  progress.finish();
  EXPECT_TRUE(out.str().ends_with("\r\x1b[K"));
}

// 500 images were done before: only the 100 since then count for the rate, and 400 are left.
TEST(Progress, RateAndTimeLeftAreThoseOfThisSession) {
  std::ostringstream out;
  Progress progress(out, true, "e", 1000, 500);
  letABarPassBy();
  progress.update(600, "");
  double rate = 0;
  ASSERT_EQ(std::sscanf(out.str().c_str() + out.str().find('%') + 1, " %lf img/s", &rate), 1) << out.str();
  EXPECT_GT(rate, 50);
  EXPECT_LT(rate, 100 / 0.12 + 1);
  EXPECT_THAT(out.str(), HasSubstr(" 60%"));
}

TEST(Progress, ElsewhereNothingIsRedrawn) {
  std::ostringstream out;
  Progress progress(out, false, "epoch 1/2", 1000);
  letABarPassBy();
  progress.update(500, "loss 1");
  progress.finish();
  EXPECT_EQ(out.str(), "");  // a plain line comes every half minute only
}

TEST(DurationText, IsMinutesAndSecondsAndHoursWhereThereAre) {
  EXPECT_EQ(durationText(-1), "0:00");
  EXPECT_EQ(durationText(6.6), "0:07");
  EXPECT_EQ(durationText(754), "12:34");
  EXPECT_EQ(durationText(3723), "1:02:03");
}

}  // namespace
}  // namespace fer
