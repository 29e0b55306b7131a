#include "serve/rows/timeline_bins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "serve/rows/made_lesson.hpp"
#include "serve/rows/made_results.hpp"

namespace fer::serve {
namespace {

using test::classifiedFace;
using test::frameOf;
using testing::ElementsAre;

constexpr std::size_t kThree = 3;  ///< classes
constexpr std::size_t kAnyLanes = 1000;

FaceResult faceWithout(int track) {
  FaceResult face;
  face.track = track;
  face.box = {0, 0, 9, 9};
  return face;
}

std::vector<int> labelsOf(const report::TimelineTrack& track) {
  std::vector<int> labels;
  for (const report::TimelineCell& cell : track.cells) labels.push_back(cell.seen ? cell.label : -9);
  return labels;
}

TEST(TimelineBins, SpreadAFrameOverTheBinsThatItStood) {
  TimelineBins bins(kThree);
  bins.add(frameOf(0, 0, 0.05, {classifiedFace(1, {0.2F, 0.8F, 0})}), 0.2);
  bins.add(frameOf(0, 1, 0.25), 0.1);
  const report::TimelineSource source = bins.result(kAnyLanes);
  EXPECT_EQ(source.bin_s, 0.1);
  EXPECT_DOUBLE_EQ(source.end_s, 0.35);
  // The third bin is half of each frame's.
  ASSERT_EQ(source.faces.size(), 4U);
  for (const auto& [bin, faces] : {std::pair(0, 1.0), {1, 1.0}, {2, 0.5}, {3, 0.0}})
    EXPECT_NEAR(source.faces[static_cast<std::size_t>(bin)], faces, 1e-9) << bin;
  EXPECT_EQ(source.short_tracks, 1);  // seen for 0.2 s
  EXPECT_DOUBLE_EQ(source.seconds[1], 0.2);
}

TEST(TimelineBins, HaveTheLabelThatLastedLongestAndItsMeanProbability) {
  TimelineBins bins(kThree);
  bins.add(frameOf(0, 0, 0, {classifiedFace(1, {0.2F, 0.8F, 0})}), 0.03);
  bins.add(frameOf(0, 1, 0.03, {classifiedFace(1, {0.4F, 0.6F, 0})}), 0.03);
  bins.add(frameOf(0, 2, 0.06, {classifiedFace(1, {0, 0.1F, 0.9F})}), 0.04);
  bins.add(frameOf(0, 3, 0.1, {faceWithout(1)}), 1);
  const report::TimelineTrack track = bins.result(kAnyLanes).tracks.at(0);
  ASSERT_EQ(track.cells.size(), 11U);
  EXPECT_EQ(track.cells[0].label, 1);
  EXPECT_NEAR(track.cells[0].probability, 0.7, 1e-6);
  EXPECT_TRUE(track.cells[1].seen);
  EXPECT_EQ(track.cells[1].label, -1);
  EXPECT_NEAR(track.seconds[1], 0.06, 1e-12);
  EXPECT_NEAR(track.seconds[2], 0.04, 1e-12);
  EXPECT_NEAR(track.seen_s, 1.1, 1e-12);
}

// From 200 s on bins are 0.2 s long; a track that began in an odd bin keeps its place.
TEST(TimelineBins, BecomeTwiceAsLongWhereTheyDoNotSuffice) {
  TimelineBins bins(kThree);
  bins.add(frameOf(0, 0, 0.5, {classifiedFace(1, {1, 0, 0})}), 0.1);
  bins.add(frameOf(0, 1, 0.6, {classifiedFace(1, {0, 1, 0})}), 0.2);
  bins.add(frameOf(0, 2, 1.0, {classifiedFace(1, {0, 0, 1})}), 0.8);
  bins.add(frameOf(0, 3, 199.9), 0.1);
  EXPECT_EQ(bins.result(kAnyLanes).bin_s, 0.1);
  EXPECT_EQ(bins.result(kAnyLanes).faces.size(), kMostBins);
  bins.add(frameOf(0, 4, 200), 0.1);
  const report::TimelineSource source = bins.result(kAnyLanes);
  EXPECT_EQ(source.bin_s, 0.2);
  EXPECT_EQ(source.faces.size(), 1001U);
  ASSERT_EQ(source.tracks.size(), 1U);
  EXPECT_EQ(source.tracks[0].first_bin, 2U);
  EXPECT_THAT(labelsOf(source.tracks[0]), ElementsAre(0, 1, -9, 2, 2, 2, 2));
  EXPECT_TRUE(std::isnan(source.faces[100]));
}

TEST(TimelineBins, OfAnyLengthAreAtMostTwoThousand) {
  for (const double end_s : {1.0, 1999.0, 3600.0, 86400.0, 3e7, 1e300}) {
    TimelineBins bins(kThree);
    bins.add(frameOf(0, 0, 0, {classifiedFace(1, {1, 0, 0})}), 1);
    FrameResult last = frameOf(0, 1, 0, {classifiedFace(1, {1, 0, 0})});
    last.time_s = end_s;
    bins.add(last, 1);
    const report::TimelineSource source = bins.result(kAnyLanes);
    EXPECT_LE(source.faces.size(), kMostBins + 1) << end_s;
    EXPECT_LE(source.tracks.at(0).cells.size(), kMostBins + 1) << end_s;
  }
}

TEST(TimelineBins, GiveLanesToThoseSeenLongestInTheOrderInWhichTheyCame) {
  TimelineBins bins(kThree);
  const auto seen = [&](int track, double from_s, double seconds) {
    bins.add(frameOf(0, 0, from_s, {faceWithout(track)}), seconds);
  };
  seen(7, 0, 2);
  seen(5, 3, 5);
  seen(6, 3, 3);
  seen(9, 4, 0.5);
  const report::TimelineSource source = bins.result(2);
  ASSERT_EQ(source.tracks.size(), 2U);
  EXPECT_EQ(source.tracks[0].id, 5);
  EXPECT_EQ(source.tracks[1].id, 6);
  EXPECT_EQ(source.other_tracks, 1);
  EXPECT_EQ(source.short_tracks, 1);
}

TEST(TimelineBins, ForgetShortTracksThatEndedButNotTheirTime) {
  TimelineBins bins(kThree);
  std::int64_t frame = 0;
  // Every tenth is seen for 2 s, the others for half a second; one is there all the time.
  constexpr int kTracks = 4000;
  for (int track = 2; track < kTracks + 2; ++track) {
    const double from_s = 3.0 * track;
    const double seconds = track % 10 == 0 ? 2 : 0.5;
    bins.add(frameOf(0, frame++, from_s, {classifiedFace(1, {1, 0, 0}), classifiedFace(track, {0, 1, 0})}), seconds);
  }
  const report::TimelineSource source = bins.result(kAnyLanes);
  EXPECT_EQ(source.tracks.front().id, 1);
  EXPECT_EQ(source.tracks.size(), 401U) << "long ones are not forgotten while there are short ones";
  EXPECT_EQ(static_cast<std::int64_t>(source.tracks.size()) + source.short_tracks + source.other_tracks, kTracks + 1);
  EXPECT_NEAR(source.seconds[1], 400 * 2 + 3600 * 0.5, 1e-6);
}

TEST(TimelineBins, KeepTheFirstThumbnailsOfATrack) {
  TimelineBins bins(kThree);
  bins.add(frameOf(0, 0, 0, {faceWithout(1), faceWithout(2)}), 2);
  for (const char* png : {"a", "b", "c", "d", "e"}) bins.addThumbnail(2, png);
  const report::TimelineSource source = bins.result(kAnyLanes);
  EXPECT_THAT(source.tracks[0].thumbnails, ElementsAre());
  EXPECT_THAT(source.tracks[1].thumbnails, ElementsAre("a", "b", "c", "d"));
}

}  // namespace
}  // namespace fer::serve
