#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "fer/core/hash.hpp"
#include "fer/report/timeline/timeline.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr double kNoFrame = std::numeric_limits<double>::quiet_NaN();

/// Ten seconds in bins of two: a face that is not classified at first, then happy, then hidden; and a sad one.
TimelineSource tenSeconds() {
  TimelineSource source;
  source.name = "lesson <1>.mp4";
  source.video = "../videos/lesson <1>.mp4";
  source.bin_s = 2;
  source.end_s = 10;
  source.faces = {1, 1.5, 2, kNoFrame, 1};
  source.seconds = {4, 6};
  source.short_tracks = 3;
  source.other_tracks = 1;
  source.tracks.push_back(
      {1, 0, 9, 8, {0, 6}, 0, {{true, -1, 0}, {true, 1, 0.7F}, {true, 1, 0.7F}, {}, {true, 1, 0.904F}}, {}});
  source.tracks.push_back({4, 3, 5, 3, {3, 0}, 1, {{true, 0, 0.5F}, {true, 0, 0.55F}}, {}});
  return source;
}

Timeline timelineOf(std::vector<TimelineSource> sources) {
  return {{"sad", "happy"}, "compact.onnx", "xnnpack", "yunet", "2026-01-02 03:04 UTC", 0, std::move(sources)};
}

TEST(TimelinePage, ShowsASource) {
  test::expectGolden(timelinePage(timelineOf({tenSeconds()})), "report/timeline.html");
}

TEST(TimelinePage, HasAHeadingASourceWhereThereAreSeveral) {
  TimelineSource other = tenSeconds();
  other.name = "camera 0";
  other.video = "";
  const std::string page = timelinePage(timelineOf({tenSeconds(), other}));
  EXPECT_THAT(page, AllOf(HasSubstr("<h1>Timeline of 2 sources</h1>"), HasSubstr("<h2>lesson &lt;1&gt;.mp4</h2>"),
                          HasSubstr("<h2>camera 0</h2>")));
  const auto count = [&](const std::string& wanted) {
    std::size_t found = 0;
    for (std::size_t at = page.find(wanted); at != std::string::npos; at = page.find(wanted, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("<section"), 2U);
  EXPECT_EQ(count("<video"), 1U);
}

TEST(TimelinePage, OfARunningAnalysisReloadsItself) {
  Timeline timeline = timelineOf({tenSeconds()});
  EXPECT_THAT(timelinePage(timeline), Not(HasSubstr("http-equiv=\"refresh\"")));
  timeline.reload_seconds = 10;
  EXPECT_THAT(timelinePage(timeline), AllOf(HasSubstr("<meta http-equiv=\"refresh\" content=\"10\">"),
                                            HasSubstr("This goes on; the page loads itself anew every 10 s.")));
}

TEST(TimelinePage, OfNothingIsAPageToo) {
  TimelineSource source;
  source.name = "empty.mp4";
  source.seconds = {0, 0};
  Timeline timeline = timelineOf({source});
  timeline.analysed = "";
  EXPECT_THAT(timelinePage(timeline), AllOf(HasSubstr("No frame was seen."), HasSubstr("No frame was analysed yet."),
                                            Not(HasSubstr("nan")), Not(HasSubstr("class=\"lane\""))));
}

TEST(TimelinePage, WithFramesButNoFaceHasOnlyTheirNumber) {
  TimelineSource source;
  source.name = "wall.mp4";
  source.bin_s = 0.1;
  source.end_s = 0.2;
  source.faces = {0, 0};
  source.seconds = {0, 0};
  const std::string page = timelinePage(timelineOf({source}));
  EXPECT_THAT(page, AllOf(HasSubstr("0:00 long, 0 tracks."), HasSubstr("data-values=\"0x2\""),
                          Not(HasSubstr("data-kind=\"track\"")), Not(HasSubstr("<details"))));
}

// What may stand in a name or in a model's file must not become a part of the page.
TEST(TimelinePage, KeepsNamesAsText) {
  const std::string evil = "\"><script>alert(1)</script>&\n";
  TimelineSource source = tenSeconds();
  source.name = evil;
  source.video = evil;
  Timeline timeline = timelineOf({source, source});
  timeline.classes = {evil, evil};
  timeline.model = timeline.engine = timeline.detector = timeline.analysed = evil;
  timeline.sources[0].tracks[0].thumbnails = {evil};
  const std::string page = timelinePage(timeline);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>alert")), Not(HasSubstr("\"><script")), HasSubstr("&lt;script&gt;")));
  EXPECT_EQ(page.find("<script>"), page.rfind("<script>"));
}

/// Whatever the page names is in it, but for the videos; the browser is told so, by the hash of its only script.
TEST(TimelinePage, AsksForNothingButVideos) {
  TimelineSource source = tenSeconds();
  source.tracks[0].thumbnails = {"iVBORw0KGgo="};
  const std::string page = timelinePage(timelineOf({source}));
  for (const char* word : {"href=", "url(", "@import", "http:", "https:", "//", "fetch("})
    EXPECT_THAT(page, Not(HasSubstr(word))) << word;
  EXPECT_THAT(page, AllOf(HasSubstr("default-src 'none'"), HasSubstr("src=\"data:image/png;base64,iVBORw0KGgo=\""),
                          HasSubstr("src=\"../videos/lesson%20%3C1%3E.mp4\"")));
  EXPECT_THAT(page, Not(HasSubstr(" onclick"))) << "the policy forbids what stands in attributes";
}

// The golden page holds the hash; this holds it to the script: printf '%s' SCRIPT | openssl dgst -sha256 -binary |
// base64
TEST(TimelinePage, AllowsTheScriptThatItHas) {
  const std::string page = timelinePage(timelineOf({tenSeconds()}));
  const std::size_t from = page.find("<script>") + 8;
  Sha256 hash;
  hash.add(page.substr(from, page.find("</script>") - from));
  const std::string hex = hash.hex();
  std::string expected;  // base64 of the first three bytes
  const unsigned bits = static_cast<unsigned>(std::stoul(hex.substr(0, 6), nullptr, 16));
  for (const int shift : {18, 12, 6, 0})
    expected += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[bits >> shift & 63];
  EXPECT_THAT(page, HasSubstr("script-src 'sha256-" + expected));
}

TEST(TimelinePage, SaysWhatItIsWorthAndWhereItIsForbidden) {
  EXPECT_THAT(timelinePage(timelineOf({tenSeconds()})),
              AllOf(HasSubstr("Emotions by compact.onnx (xnnpack), faces by yunet."),
                    HasSubstr("not what a person feels"), HasSubstr("Article 5(1)(f) of the EU AI Act")));
}

}  // namespace
}  // namespace fer::report
