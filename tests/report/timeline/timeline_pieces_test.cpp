#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "report/timeline/colours.hpp"
#include "report/timeline/sections.hpp"
#include "report/timeline/time_axis.hpp"

namespace fer::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(ClassColours, AreThoseThatPeopleExpectInAnyOrderAndSpelling) {
  EXPECT_THAT(classColours({"Neutral", "sadness", "Happy", "anger"}),
              ElementsAre("var(--calm)", "var(--s0)", "var(--s4)", "var(--s1)"));
}

TEST(ClassColours, OfOtherClassesAreWhatIsLeft) {
  EXPECT_THAT(classColours({"contempt", "angry", "sad", "bored"}),
              ElementsAre("var(--s2)", "var(--s1)", "var(--s0)", "var(--s3)"));
  std::vector<std::string> classes(12);
  for (std::size_t i = 0; i < classes.size(); ++i) classes[i] = "class " + std::to_string(i);
  const std::vector<std::string> colours = classColours(classes);
  EXPECT_EQ(std::set<std::string>(colours.begin(), colours.end()).size(), 12U);
  EXPECT_EQ(colours[7], "color-mix(in srgb,var(--s0) 50%,var(--card))");
}

TEST(TimeAxis, HasRoundStepsAndRoomAtItsEnd) {
  struct Case {
    double end_s;
    double step;
    std::size_t ticks;
    const char* last;
  };
  const Case cases[] = {
      {0.04, 0.1, 1, "0.0"},
      {1.6, 0.2, 8, "1.4"},
      {10, 2, 5, "0:08"},
      {90, 15, 6, "1:15"},
      {600, 120, 5, "8:00"},
      {3600, 600, 6, "50:00"},
      {7 * 3600, 3600, 7, "6:00:00"},
      {8 * 86400, 86400, 8, "168:00:00"},
      {100 * 86400, 13 * 86400, 8, "2184:00:00"},
  };
  for (const Case& c : cases) {
    const TimeAxis axis = timeAxis(c.end_s);
    EXPECT_EQ(axis.step, c.step) << c.end_s;
    ASSERT_EQ(axis.ticks.size(), c.ticks) << c.end_s;
    EXPECT_EQ(axis.label(axis.ticks.back()), c.last);
  }
}

TEST(Shares, AreSaidInWords) {
  EXPECT_EQ(shareText(0), "0 %");
  EXPECT_EQ(shareText(0.004), "< 1 %");
  EXPECT_EQ(shareText(0.625), "62 %");
  EXPECT_THAT(sharesOf({1, 3}), ElementsAre(0.25, 0.75));
  EXPECT_THAT(sharesOf({0, 0}), ElementsAre(0, 0));
  EXPECT_EQ(mostlyText({1, 3}, {"a", "b"}), "mostly b (75 %)");
  EXPECT_EQ(mostlyText({0, 0}, {"a", "b"}), "not classified");
}

TEST(Shares, StandSideBySide) {
  EXPECT_EQ(shareBar("a & b", {1, 0, 3}, {"x", "y", "z"}, {"red", "green", "blue"}),
            "<svg class=\"bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" role=\"img\" "
            "aria-label=\"a &amp; b: x 25 %, z 75 %\"><rect x=\"0\" width=\"25\" height=\"1\" fill=\"red\"/>"
            "<rect x=\"25\" width=\"75\" height=\"1\" fill=\"blue\"/></svg>\n");
  EXPECT_THAT(shareBar("t", {0}, {"x"}, {"red"}), HasSubstr("aria-label=\"t: not classified\"></svg>"));
}

TEST(Sections, SayWhatHasNoLane) {
  Timeline timeline{{"a"}, "", "", "", "", 0, {TimelineSource{}}};
  TimelineSource& source = timeline.sources[0];
  source.end_s = 60;
  source.faces = {1};
  source.seconds = {1};
  source.short_tracks = 1;
  EXPECT_THAT(sourceSection(timeline, 0, {"red"}),
              HasSubstr("Without a lane, but in the shares above: 1 track of less than a second.</p>"));
  source.other_tracks = 1200;
  EXPECT_THAT(sourceSection(timeline, 0, {"red"}),
              HasSubstr("1 track of less than a second, and 1,200 tracks seen for less long than these.</p>"));
  source.short_tracks = source.other_tracks = 0;
  EXPECT_THAT(sourceSection(timeline, 0, {"red"}), Not(HasSubstr("Without a lane")));
}

}  // namespace
}  // namespace fer::report
