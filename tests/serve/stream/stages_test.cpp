// The small parts that the pipeline is made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "serve/analysis/conveyor.hpp"
#include "serve/stream/in_order.hpp"
#include "serve/stream/inbox.hpp"
#include "serve/stream/latency.hpp"
#include "serve/stream/load_control.hpp"
#include "serve/stream/rate.hpp"
#include "serve/stream/reader.hpp"

namespace fer::serve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;

int timesTaken(Rate rate, double fps, double seconds, double period) {
  int count = 0;
  for (int frame = 0; frame < fps * seconds; ++frame) count += rate.take(frame / fps, period) ? 1 : 0;
  return count;
}

TEST(Rate, IsKeptOnTheAverageWhereFramesDoNotFallOnItsBeats) {
  EXPECT_EQ(timesTaken(Rate(), 25, 10, 0.1), 100);
  EXPECT_EQ(timesTaken(Rate(), 30, 10, 0.2), 50);
  EXPECT_EQ(timesTaken(Rate(), 10, 10, 0.05), 100);  // more than there are frames
  EXPECT_EQ(timesTaken(Rate(), 25, 10, 0), 250);
}

TEST(Rate, DoesNotMakeUpForAGap) {
  Rate rate;
  EXPECT_TRUE(rate.take(0, 1));
  EXPECT_FALSE(rate.take(0.9, 1));
  EXPECT_TRUE(rate.take(50, 1));
  EXPECT_FALSE(rate.take(50.5, 1));
  EXPECT_DOUBLE_EQ(rate.next(), 51);
}

TEST(Latency, CountsByTheMillisecond) {
  Latency latency;
  EXPECT_EQ(latency.quantile(0.5), 0);
  for (int i = 1; i <= 100; ++i) latency.add(i / 1000.0);
  EXPECT_DOUBLE_EQ(latency.quantile(0.5), 0.05);
  EXPECT_DOUBLE_EQ(latency.quantile(0.95), 0.095);
  latency.add(1e9);
  latency.add(-1);
  EXPECT_DOUBLE_EQ(latency.quantile(1), 10);
  EXPECT_DOUBLE_EQ(latency.quantile(0), 0);
}

TEST(InOrder, GivesThingsInOrderWhateverThreadBringsThem) {
  InOrder<int> order;
  std::vector<int> given;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 3 - t; i < 400; i += 4)
        order.put(static_cast<std::uint64_t>(i), i, [&](int thing) { given.push_back(thing); });
    });
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(given.size(), 400U);
  for (int i = 0; i < 400; ++i) EXPECT_EQ(given[static_cast<std::size_t>(i)], i);
}

TEST(Conveyor, GivesWhatIsThereAndEnds) {
  constexpr std::chrono::milliseconds kNoTime(0);
  Conveyor<int> conveyor(8);
  for (int i = 0; i < 5; ++i) conveyor.put(i);
  EXPECT_THAT(conveyor.take(3, kNoTime), ElementsAre(0, 1, 2));
  EXPECT_FALSE(conveyor.isOver());
  conveyor.end();
  EXPECT_THAT(conveyor.take(3, kNoTime), ElementsAre(3, 4));
  EXPECT_TRUE(conveyor.isOver());
  EXPECT_TRUE(conveyor.take(3, kNoTime).empty());
}

TEST(Conveyor, LetsWhoBringsTooMuchWait) {
  Conveyor<int> conveyor(2);
  std::thread bringer([&] {
    for (int i = 0; i < 100; ++i) conveyor.put(i);
    conveyor.end();
  });
  int expected = 0;
  while (!conveyor.isOver())
    for (const int thing : conveyor.take(10, std::chrono::milliseconds(1))) EXPECT_EQ(thing, expected++);
  bringer.join();
  EXPECT_EQ(expected, 100);
}

TEST(Conveyor, ReturnsWithoutAThingAfterItsLimit) {
  Conveyor<int> conveyor(2);
  EXPECT_TRUE(conveyor.take(1, std::chrono::milliseconds(0), std::chrono::milliseconds(1)).empty());
  EXPECT_FALSE(conveyor.isOver());
}

TEST(Conveyor, ClosedDropsAllAndHoldsNobody) {
  Conveyor<int> conveyor(1);
  conveyor.put(1);
  std::thread bringer([&] { conveyor.put(2); });
  conveyor.close();
  bringer.join();
  conveyor.put(3);
  EXPECT_TRUE(conveyor.take(1, std::chrono::milliseconds(0)).empty());
  EXPECT_TRUE(conveyor.isOver());
}

video::Frame frameAt(std::int64_t index) {
  video::Frame frame;
  frame.index = index;
  frame.time_s = static_cast<double>(index) / 10;
  return frame;
}

TEST(Inbox, KeepsTheNewestFrameOfALiveSource) {
  Inbox inbox({Rate()}, 4);
  EXPECT_FALSE(inbox.put(0, frameAt(0), true));
  EXPECT_TRUE(inbox.put(0, frameAt(1), true));
  EXPECT_TRUE(inbox.put(0, frameAt(2), true));
  EXPECT_EQ(inbox.take(0)->frame.index, 2);
  inbox.end(0);
  EXPECT_FALSE(inbox.take(0));
}

TEST(Inbox, KeepsEveryFrameOfAFileAndSaysInWhichFacesAreLookedFor) {
  Inbox inbox({Rate()}, 100);
  std::thread reader([&] {
    for (int i = 0; i < 40; ++i) EXPECT_FALSE(inbox.put(0, frameAt(i), false));
    inbox.end(0);
  });
  std::int64_t expected = 0;
  int detections = 0;
  while (const auto ticket = inbox.take(0.5)) {
    EXPECT_EQ(ticket->frame.index, expected);
    EXPECT_EQ(ticket->number, static_cast<std::uint64_t>(expected));
    EXPECT_EQ(ticket->detect, expected % 5 == 0) << expected;
    detections += ticket->detect ? 1 : 0;
    ++expected;
    inbox.done(0);
  }
  reader.join();
  EXPECT_EQ(expected, 40);
  EXPECT_EQ(detections, 8);
}

TEST(Inbox, TakesTheSourcesInTurnAndNotTooManyOfOne) {
  Inbox inbox({Rate(), Rate(), Rate()}, 1);
  for (int i = 0; i < 2; ++i)
    for (std::size_t source : {0, 1, 2}) inbox.put(source, frameAt(i), false);
  std::vector<std::size_t> sources;
  sources.reserve(3);
  for (int i = 0; i < 3; ++i) sources.push_back(inbox.take(0)->source);
  EXPECT_THAT(sources, ElementsAre(0, 1, 2));
  inbox.done(1);
  EXPECT_EQ(inbox.take(0)->source, 1U);  // the others have one under way
}

TEST(Inbox, ClosedGivesWhatWaitsAndTakesNoMore) {
  Inbox inbox({Rate(), Rate()}, 2);
  inbox.put(1, frameAt(7), false);
  inbox.close();
  EXPECT_FALSE(inbox.put(0, frameAt(8), false));
  EXPECT_EQ(inbox.take(0)->frame.index, 7);
  EXPECT_FALSE(inbox.take(0));
}

/// A second of sixteen sources of 15 frames a second.
LoadSample second(LoadSample before, std::int64_t replaced, double busy) {
  before.time_s += 2;
  before.sources = 16;
  before.detection_rate = 15;
  before.captured += 480;
  before.replaced += replaced;
  before.detections += 360;
  before.busy += 2 * busy;
  return before;
}

TEST(LoadControl, DoesLessWhileFramesAreLeftOutAndSaysSoOnce) {
  LoadControl load;
  LoadSample sample;
  const auto said = load.look(sample = second(sample, 100, 1));
  ASSERT_TRUE(said);
  EXPECT_THAT(*said,
              HasSubstr("16 live sources of 15 frames a second ask for 240 detections a second, 180 are done, and "
                        "21 % of the frames are left out"));
  EXPECT_DOUBLE_EQ(load.level().detection_period, 1.5);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(load.look(sample = second(sample, 100, 1)));
  EXPECT_EQ(load.number(), LoadControl::kLevels - 1);
  EXPECT_DOUBLE_EQ(load.level().classification_period, 4);
}

TEST(LoadControl, ShedsInTheOrderOfWorth) {
  LoadControl load;
  LoadSample sample;
  LoadLevel before = load.level();
  while (load.number() + 1 < LoadControl::kLevels) {
    load.look(sample = second(sample, 100, 1));
    const LoadLevel now = load.level();
    EXPECT_GE(now.detection_period, before.detection_period);
    EXPECT_LE(now.detector_side, before.detector_side);
    EXPECT_GE(now.classification_period, before.classification_period);
    EXPECT_TRUE(now.detector_side == 1 || now.detection_period >= 3);
    EXPECT_TRUE(now.classification_period == 1 || now.detector_side <= 0.5);
    before = now;
  }
}

TEST(LoadControl, DoesMoreAgainWhenThereIsRoom) {
  LoadControl load;
  LoadSample sample;
  load.look(sample = second(sample, 100, 1));
  for (int i = 0; i < 20; ++i) load.look(sample = second(sample, 0, 0.9));
  EXPECT_EQ(load.number(), 1U) << "no room";
  std::optional<std::string> said;
  for (int i = 0; i < 5; ++i) said = load.look(sample = second(sample, 0, 0.3));
  EXPECT_EQ(load.number(), 0U);
  EXPECT_THAT(said, Optional(HasSubstr("all that was asked for is done again")));
}

TEST(LoadControl, TakesABurstForNoLoad) {
  LoadControl load;
  EXPECT_FALSE(load.look(second({}, 200, 0.3)));
  EXPECT_EQ(load.number(), 0U);
}

TEST(LoadControl, DoesNothingWithinTwoSecondsOrWithoutLoss) {
  LoadControl load;
  LoadSample sample;
  sample.time_s = 1;
  sample.captured = 100;
  sample.replaced = 100;
  EXPECT_FALSE(load.look(sample));
  EXPECT_FALSE(load.look(second(sample, 20 - 100, 1)));  // 4 %
  EXPECT_EQ(load.number(), 0U);
}

TEST(ReconnectDelay, GrowsToAMinuteAndVaries) {
  const double expected[] = {1, 5, 10, 60, 60, 60};
  for (std::size_t failures = 1; failures <= 6; ++failures) {
    bool varies = false;
    const double first = reconnectDelay(failures, 0);
    for (std::size_t source = 0; source < 50; ++source) {
      const double delay = reconnectDelay(failures, source);
      EXPECT_GE(delay, 0.8 * expected[failures - 1]);
      EXPECT_LE(delay, 1.2 * expected[failures - 1]);
      varies = varies || delay != first;
    }
    EXPECT_TRUE(varies);
  }
}

}  // namespace
}  // namespace fer::serve
