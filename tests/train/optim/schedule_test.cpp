#include "train/optim/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace fer::train {
namespace {

ScheduleOptions named(const char* name) {
  ScheduleOptions options;
  options.name = name;
  return options;
}

// Ten epochs of four steps.
double at(const ScheduleOptions& options, int epoch, std::int64_t step = 0) {
  return scheduleFactor(options, {10, 4, epoch, step});
}

TEST(Schedule, IsConstantUnlessToldOtherwise) {
  EXPECT_EQ(at({}, 0), 1.0);
  EXPECT_EQ(at({}, 9, 3), 1.0);
}

TEST(Schedule, CosineFallsByHalfInTheMiddle) {
  ScheduleOptions options = named("cosine");
  EXPECT_EQ(at(options, 0), 1.0);
  EXPECT_NEAR(at(options, 5), 0.5, 1e-12);
  EXPECT_NEAR(at(options, 2, 2), (1 + std::sqrt(0.5)) / 2, 1e-12);
  options.final = 0.2;
  EXPECT_NEAR(at(options, 5), 0.6, 1e-12);
}

TEST(Schedule, LinearFallsEvenly) {
  ScheduleOptions options = named("linear");
  EXPECT_NEAR(at(options, 7, 2), 0.25, 1e-12);
  options.final = 0.1;
  EXPECT_NEAR(at(options, 5), 0.55, 1e-12);
}

TEST(Schedule, StepCutsAtItsMilestones) {
  ScheduleOptions options = named("step");
  options.milestones = {3, 6.5};
  options.gamma = 0.1;
  EXPECT_EQ(at(options, 2, 3), 1.0);
  EXPECT_NEAR(at(options, 3), 0.1, 1e-12);
  EXPECT_NEAR(at(options, 6, 1), 0.1, 1e-12);
  EXPECT_NEAR(at(options, 6, 2), 0.01, 1e-12);
}

// Two epochs of four steps: eighths, then the cosine over the eight epochs that are left.
TEST(Schedule, WarmsUpAndThenBegins) {
  ScheduleOptions options = named("cosine");
  options.warmup = 2;
  EXPECT_NEAR(at(options, 0, 0), 1.0 / 8, 1e-12);
  EXPECT_NEAR(at(options, 1, 3), 1.0, 1e-12);
  EXPECT_NEAR(at(options, 2, 0), 1.0, 1e-12);
  EXPECT_NEAR(at(options, 6, 0), 0.5, 1e-12);
}

// torch 2.11: OneCycleLR(max_lr=1, total_steps=10).
TEST(Schedule, OneCycleIsPyTorchs) {
  const std::vector<double> expected = {0.04,
                                        0.52,
                                        1.0,
                                        0.9504846320134737,
                                        0.8117456539497631,
                                        0.6112620219362893,
                                        0.38874197806371075,
                                        0.18825834605023697,
                                        0.049519367986526286,
                                        4e-06};
  for (int i = 0; i < 10; ++i)
    EXPECT_NEAR(scheduleFactor(named("one_cycle"), {2, 5, i / 5, i % 5}), expected[static_cast<std::size_t>(i)], 1e-12);
}

}  // namespace
}  // namespace fer::train
