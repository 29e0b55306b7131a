#include "report/timeline/lane.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace fer::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TimelineSource sourceOf(double bin_s, double end_s) {
  TimelineSource source;
  source.bin_s = bin_s;
  source.end_s = end_s;
  return source;
}

TEST(Lanes, HaveABarARunOfEqualBins) {
  const TimelineTrack track{1, 0, 0, 0, {}, 2, {{true, 1, 0.7F}, {true, 1, 0.704F}, {true, 0, 1}, {}, {true, -1, 0}},
                            {}};
  const Lane lane = trackLane(track, sourceOf(0.5, 3.75), {"red", "blue"});
  EXPECT_EQ(lane.values, "-x2 171x2 100 - ?");
  EXPECT_EQ(lane.svg,
            "<svg viewBox=\"0 0 7.5 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            "<path fill=\"var(--muted)\" d=\"M6 100v-8h1v8z\"/>"
            "<path fill=\"red\" d=\"M4 100v-100h1v100z\"/>"
            "<path fill=\"blue\" d=\"M2 100v-70h2v70z\"/></svg>");
}

TEST(Lanes, KeepTheirHeightWhateverTheProbability) {
  const TimelineTrack track{1, 0, 0, 0, {}, 0, {{true, 0, 1.0001F}, {true, 0, -1}}, {}};
  EXPECT_EQ(trackLane(track, sourceOf(1, 2), {"red"}).values, "100 0");
}

TEST(Lanes, OfFacesGoUpToTheMost) {
  TimelineSource source = sourceOf(1, 4);
  source.faces = {0, 1.25, 4, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_EQ(mostFaces(source), 4);
  const Lane lane = facesLane(source);
  EXPECT_EQ(lane.values, "0 13 40 -");
  EXPECT_THAT(lane.svg, HasSubstr("d=\"M1 100v-32.5h1v32.5zM2 100v-100h1v100z\""));
  source.faces = {};
  EXPECT_EQ(mostFaces(source), 1);
  EXPECT_THAT(facesLane(source).svg, Not(HasSubstr("path")));
}

}  // namespace
}  // namespace fer::report
