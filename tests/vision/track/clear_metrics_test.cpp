#include "vision/track/clear_metrics.hpp"

#include <gtest/gtest.h>

namespace fer::test {
namespace {

cv::Rect2d at(double x) {
  return {x, 0, 10, 10};
}

TEST(ClearMetrics, AreThoseCountedByHand) {
  ClearMetrics metrics;
  metrics.add({{1, at(0)}, {2, at(50)}}, {{7, at(1)}, {8, at(50)}});
  metrics.add({{1, at(0)}, {2, at(50)}}, {{8, at(50)}});              // 1 is lost
  metrics.add({{1, at(0)}, {2, at(50)}}, {{7, at(0)}, {9, at(50)}});  // 1 is found: a fragmentation; 2 is switched
  metrics.add({{1, at(0)}, {2, at(50)}}, {{7, at(4)}, {9, at(53)}});  // IoU 60/140 is none, 70/130 is one
  EXPECT_EQ(metrics.switches(), 1);
  EXPECT_EQ(metrics.fragmentations(), 1);
  EXPECT_DOUBLE_EQ(metrics.recall(), 6.0 / 8);
  EXPECT_DOUBLE_EQ(metrics.precision(), 6.0 / 7);
}

TEST(ClearMetrics, CountASwitchForEachOfTwoThatSwap) {
  ClearMetrics metrics;
  metrics.add({{1, at(0)}, {2, at(50)}}, {{7, at(0)}, {8, at(50)}});
  metrics.add({{1, at(0)}, {2, at(50)}}, {{8, at(0)}, {7, at(50)}});
  metrics.add({{1, at(0)}, {2, at(50)}}, {{8, at(0)}, {7, at(50)}});
  EXPECT_EQ(metrics.switches(), 2);
  EXPECT_EQ(metrics.fragmentations(), 0);
}

TEST(ClearMetrics, WhoWasNotToBeSeenIsNotLost) {
  ClearMetrics metrics;
  metrics.add({{1, at(0)}}, {{7, at(0)}});
  metrics.add({}, {});
  metrics.add({{1, at(20)}}, {{7, at(20)}});
  metrics.add({}, {});
  metrics.add({{1, at(40)}}, {{8, at(40)}});
  EXPECT_EQ(metrics.fragmentations(), 0);
  EXPECT_EQ(metrics.switches(), 1);
  EXPECT_EQ(metrics.recall(), 1);
}

TEST(ClearMetrics, ATrackGoesOnWhileItMayThoughAnotherIsNearer) {
  ClearMetrics metrics;
  metrics.add({{1, at(0)}}, {{7, at(0)}});
  metrics.add({{1, at(0)}}, {{7, at(3)}, {8, at(0)}});
  EXPECT_EQ(metrics.switches(), 0);
  EXPECT_DOUBLE_EQ(metrics.precision(), 2.0 / 3);
}

TEST(ClearMetrics, OfTwoNearPeopleEachGetsATrack) {
  ClearMetrics metrics;  // the nearest pair first, IoU 1, would leave the others 6 apart
  metrics.add({{1, at(0)}, {2, at(3)}}, {{7, at(0)}, {8, at(-3)}});
  EXPECT_EQ(metrics.recall(), 1);
}

}  // namespace
}  // namespace fer::test
