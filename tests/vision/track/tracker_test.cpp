#include "fer/vision/tracker.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <stdexcept>

namespace fer::vision {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Face faceAt(int x, int y = 100, int side = 100, std::optional<float> score = 0.9F) {
  return {{x, y, side, side}, score, std::nullopt};
}

std::vector<int> idsOf(const std::vector<Track>& tracks) {
  std::vector<int> ids;
  ids.reserve(tracks.size());
  for (const Track& track : tracks) ids.push_back(track.id);
  return ids;
}

TEST(Tracker, GivesIdsInTheOrderOfTheFacesAndKeepsThem) {
  Tracker tracker;
  EXPECT_THAT(idsOf(tracker.update(0, {faceAt(300), faceAt(10)})), ElementsAre(1, 2));
  const auto tracks = tracker.update(0.1, {faceAt(12), faceAt(500), faceAt(305)});
  ASSERT_THAT(idsOf(tracks), ElementsAre(1, 2, 3));
  EXPECT_NEAR(tracks[0].box.x, 305, 3);
  EXPECT_NEAR(tracks[1].box.x, 12, 3);
  EXPECT_EQ(tracks[2].box, cv::Rect2f(500, 100, 100, 100));
}

TEST(Tracker, ShowsWhatItsMotionModelMakesOfTheBoxes) {
  Tracker tracker;
  EXPECT_EQ(tracker.update(0, {faceAt(100)})[0].box, cv::Rect2f(100, 100, 100, 100));
  for (int i = 1; i < 20; ++i) tracker.update(0.04 * i, {faceAt(100)});
  // One box that errs by 10 pixels moves the track by less.
  const cv::Rect2f box = tracker.update(0.8, {faceAt(110)})[0].box;
  EXPECT_GT(box.x, 100);
  EXPECT_LT(box.x, 108);
}

TEST(Tracker, TwoThresholds) {
  Tracker tracker;
  EXPECT_THAT(tracker.update(0, {faceAt(100, 100, 100, 0.79F)}), IsEmpty()) << "not sure enough for a track";
  EXPECT_THAT(idsOf(tracker.update(0.1, {faceAt(100, 100, 100, 0.8F)})), ElementsAre(1));
  const auto tracks = tracker.update(0.2, {faceAt(100, 100, 100, 0.6F)});
  ASSERT_THAT(idsOf(tracks), ElementsAre(1)) << "enough to go on";
  EXPECT_EQ(tracks[0].score, 0.6F);
  EXPECT_THAT(tracker.update(0.3, {faceAt(100, 100, 100, 0.59F)}), IsEmpty()) << "no candidate";
  EXPECT_THAT(tracker.update(0.4, {faceAt(100, 100, 100, std::numeric_limits<float>::quiet_NaN())}), IsEmpty());
}

TEST(Tracker, ASureFaceIsMatchedBeforeANearerUnsureOne) {
  Tracker tracker;
  tracker.update(0, {faceAt(100)});
  const auto tracks = tracker.update(0.1, {faceAt(100, 100, 100, 0.7F), faceAt(110, 100, 100, 0.9F)});
  ASSERT_THAT(idsOf(tracks), ElementsAre(1));
  EXPECT_EQ(tracks[0].score, 0.9F);
}

TEST(Tracker, FacesWithoutAScoreAreSure) {
  Tracker tracker;
  const auto tracks = tracker.update(0, {faceAt(100, 100, 100, std::nullopt)});
  ASSERT_THAT(idsOf(tracks), ElementsAre(1));
  EXPECT_EQ(tracks[0].score, std::nullopt);
}

TEST(Tracker, KeepsAnIdForSecondsWhateverTheFrameRate) {
  for (const int pictures : {1, 50}) {
    Tracker tracker;
    tracker.update(0, {faceAt(100)});
    for (int i = 1; i < pictures; ++i) EXPECT_THAT(tracker.update(2.0 * i / pictures, {}), IsEmpty());
    EXPECT_THAT(tracker.kept(), ElementsAre(1));
    EXPECT_THAT(idsOf(tracker.update(2, {faceAt(100)})), ElementsAre(1)) << pictures;
    EXPECT_THAT(idsOf(tracker.update(4.01, {faceAt(100)})), ElementsAre(2)) << pictures;
    EXPECT_THAT(tracker.kept(), ElementsAre(2));
  }
}

TEST(Tracker, OfTwoTracksTheOneThatWasSeenLastGetsAFaceBetweenThem) {
  Tracker tracker;
  for (int i = 0; i < 10; ++i) tracker.update(0.1 * i, {faceAt(100), faceAt(190)});
  for (int i = 10; i < 15; ++i) tracker.update(0.1 * i, {faceAt(100)});  // 2 is hidden, its place more and more unsure
  EXPECT_THAT(idsOf(tracker.update(1.5, {faceAt(145)})), ElementsAre(2))
      << "a step too far for 1 in a tenth of a second";
  Tracker other;
  for (int i = 0; i < 10; ++i) other.update(0.1 * i, {faceAt(100), faceAt(120)});
  for (int i = 10; i < 15; ++i) other.update(0.1 * i, {faceAt(100)});
  EXPECT_THAT(idsOf(other.update(1.5, {faceAt(110)})), ElementsAre(1));
}

TEST(Tracker, PredictsAtTheSpeedSeen) {
  Tracker tracker;
  for (int i = 0; i <= 10; ++i) tracker.update(0.1 * i, {faceAt(100 + 10 * i), faceAt(10, 300)});
  tracker.update(1.1, {faceAt(210)});  // the other is hidden
  const auto tracks = tracker.predict(1.3);
  ASSERT_THAT(idsOf(tracks), ElementsAre(1));
  EXPECT_NEAR(tracks[0].box.x, 230, 2);
  EXPECT_NEAR(tracks[0].box.width, 100, 1e-3);
  EXPECT_EQ(tracks[0].score, std::nullopt);
  EXPECT_THAT(tracker.kept(), ElementsAre(1, 2));
}

TEST(Tracker, PredictsNothingBeyondTheTimeThatIdsAreKept) {
  Tracker tracker;
  tracker.update(0, {faceAt(100)});
  EXPECT_THAT(idsOf(tracker.predict(2)), ElementsAre(1));
  EXPECT_THAT(tracker.predict(2.01), IsEmpty());
}

TEST(Tracker, PredictingChangesNothingForWhatFollows) {
  Tracker with;
  Tracker without;
  for (int i = 0; i < 20; ++i) {
    const std::vector<Face> faces = {faceAt(100 + 7 * i, 100 + i % 3)};
    const auto a = with.update(0.1 * i, faces);
    with.predict(0.1 * i + 0.03);
    with.predict(0.1 * i + 0.06);
    const auto b = without.update(0.1 * i, faces);
    ASSERT_THAT(idsOf(a), idsOf(b));
    EXPECT_EQ(a[0].box, b[0].box);
  }
}

TEST(Tracker, ForgetsTracksButNoIds) {
  Tracker tracker;
  tracker.update(5, {faceAt(100)});
  tracker.forget();
  EXPECT_THAT(tracker.kept(), IsEmpty());
  EXPECT_THAT(tracker.predict(5.1), IsEmpty());
  EXPECT_THAT(idsOf(tracker.update(5.2, {faceAt(100)})), ElementsAre(2));
  EXPECT_THROW(tracker.update(5, {}), std::invalid_argument) << "time goes on";
}

TEST(Tracker, StartsNoMoreThanTheMostTracks) {
  TrackerOptions options;
  options.most_tracks = 2;
  Tracker tracker(options);
  EXPECT_THAT(idsOf(tracker.update(0, {faceAt(0), faceAt(200), faceAt(400)})), ElementsAre(1, 2));
  EXPECT_THAT(idsOf(tracker.update(0.1, {faceAt(400), faceAt(0)})), ElementsAre(1)) << "2 is hidden and counts";
  EXPECT_THAT(idsOf(tracker.update(2.1, {faceAt(400), faceAt(0)})), ElementsAre(1, 3)) << "2 has ended";
}

TEST(Tracker, RefusesTimesThatGoBackAndStaysAsItWas) {
  Tracker tracker;
  tracker.update(1, {faceAt(100)});
  EXPECT_THROW(tracker.update(0.99, {}), std::invalid_argument);
  EXPECT_THROW(tracker.predict(0.99), std::invalid_argument);
  EXPECT_THROW(tracker.update(std::numeric_limits<double>::quiet_NaN(), {}), std::invalid_argument);
  EXPECT_THROW(tracker.update(std::numeric_limits<double>::infinity(), {}), std::invalid_argument);
  EXPECT_THROW(tracker.update(2, {{{5, 5, 0, 5}, 0.9F, std::nullopt}}), std::invalid_argument);
  EXPECT_THAT(idsOf(tracker.predict(1)), ElementsAre(1)) << "a time may come again";
  EXPECT_THAT(idsOf(tracker.update(1, {faceAt(100)})), ElementsAre(1));
}

TEST(Tracker, RefusesOptionsOutOfBounds) {
  const TrackerOptions wrong[] = {
      {.candidate_score = -0.1F}, {.candidate_score = 0.9F},
      {.new_track_score = 1.1F},  {.new_track_score = std::numeric_limits<float>::quiet_NaN()},
      {.keep_seconds = -1},       {.keep_seconds = std::numeric_limits<double>::infinity()},
      {.most_tracks = 0}};
  for (const TrackerOptions& options : wrong) EXPECT_THROW(Tracker{options}, std::invalid_argument);
}

}  // namespace
}  // namespace fer::vision
