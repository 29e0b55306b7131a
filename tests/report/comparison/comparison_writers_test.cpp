#include "fer/report/comparison/writers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/comparison/samples.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

namespace fer::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr ComparisonOptions kFewDraws{500, 0, 1};
constexpr const char* kHome = "/x/report";

const Comparison& sample() {
  static const Comparison kComparison = compare(sampleRuns(), "test", kFewDraws);
  return kComparison;
}

std::size_t countOf(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++count;
  return count;
}

TEST(ComparisonWriters, Text) {
  test::expectGolden(comparisonText(sample()), "report/comparison.txt");
}

TEST(ComparisonWriters, Markdown) {
  test::expectGolden(comparisonMarkdown(sample(), kHome), "report/comparison.md");
}

TEST(ComparisonWriters, Csv) {
  test::expectGolden(comparisonCsv(sample()), "report/comparison.csv");
}

TEST(ComparisonWriters, Json) {
  test::expectGolden(comparisonJson(sample()), "report/comparison.json");
  EXPECT_EQ(nlohmann::json::parse(comparisonJson(sample()))["sets"][0]["entries"][3]["name"], "po|or");
}

TEST(ComparisonWriters, Html) {
  test::expectGolden(comparisonHtml(sample(), kHome), "report/comparison.html");
}

// FER+ keeps the first 48 of good-again's 60 rows, of which the first 44 are right: 73.33 and 91.67 %.
TEST(ComparisonWriters, ShowScoresAgainstASecondSetOfLabelsOfRunsThatHaveThem) {
  for (const std::string& text : {comparisonMarkdown(sample(), kHome), comparisonHtml(sample(), kHome)}) {
    const std::size_t from = text.find("Against a second set of labels");
    ASSERT_NE(from, std::string::npos);
    EXPECT_THAT(text.substr(from),
                AllOf(HasSubstr("FER+"), HasSubstr("48 of 60"), HasSubstr("73.33"), HasSubstr("91.67")));
  }
  const auto other = nlohmann::json::parse(comparisonJson(sample()))["sets"][0]["entries"][2]["other_labels"];
  EXPECT_EQ(other["label_set"], "FER+");
  EXPECT_EQ(other["rows"], 48);
  EXPECT_NEAR(other["accuracy"]["value"].get<double>(), 44.0 / 48, 1e-12);
  EXPECT_EQ(other["macro_f1"]["interval"], (nlohmann::json{0.8125, 0.9375}));

  std::vector<RunResult> runs = sampleRuns();
  for (RunResult& run : runs)
    for (Evaluated& one : run.evaluations) one.other_labels.reset();
  const Comparison without = compare(std::move(runs), "test", kFewDraws);
  for (const std::string& text :
       {comparisonMarkdown(without, kHome), comparisonHtml(without, kHome), comparisonJson(without)})
    EXPECT_THAT(text, AllOf(Not(HasSubstr("second set")), Not(HasSubstr("other_labels"))));
}

TEST(ComparisonWriters, SayWhatIsKnownOfFer2013OfNothingElse) {
  std::vector<RunResult> runs = sampleRuns();
  EXPECT_THAT(comparisonMarkdown(compare(runs, "test", kFewDraws), kHome), Not(HasSubstr("65 ±")));
  for (RunResult& run : runs)
    for (Evaluated& one : run.evaluations)
      one.summary.data_hash = "c44e7720fddb07647c254a29a0f1f21f56dcf162e23ba4c44c9d727a868bfb91";
  const Comparison comparison = compare(std::move(runs), "test", kFewDraws);
  EXPECT_THAT(comparisonMarkdown(comparison, kHome), HasSubstr("65 ± 5 %"));
  EXPECT_THAT(comparisonHtml(comparison, kHome), HasSubstr("65 ± 5 %"));
}

TEST(ComparisonWriters, SayWhereIntervalsAreWilsons) {
  const std::string said =
      "No image is recognised by none, which resampling would call certain: its intervals are Wilson's";
  const Comparison comparison =
      compare({sampleRun("/x/none", firstRight(0, 12)), sampleRun("/x/some", firstRight(5, 12))}, "test", kFewDraws);
  const auto& entries = comparison.sets.at(0).entries;
  EXPECT_EQ(entries.at(1).name, "none");
  EXPECT_EQ(entries.at(1).scores[0].interval, metrics::wilson(0, 12));
  for (const std::string& text : {comparisonText(comparison), comparisonMarkdown(comparison, kHome)}) {
    EXPECT_THAT(text, HasSubstr(said));
    EXPECT_THAT(text, Not(HasSubstr("by some, which")));
  }
}

TEST(ComparisonHtml, NeedsNoNetworkAndNoScripts) {
  const std::string page = comparisonHtml(sample(), kHome);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("http")), Not(HasSubstr("<script")), Not(HasSubstr("@import")),
                          Not(HasSubstr("<link"))));
  EXPECT_EQ(countOf(page, "src=\"") + countOf(page, "url("), countOf(page, "data:image/png;base64,"));
}

TEST(ComparisonHtml, EveryPlotSaysWhatItShows) {
  const std::string page = comparisonHtml(sample(), kHome);
  const std::size_t plots = countOf(page, "<svg class=\"plot\"");
  EXPECT_GT(plots, 15U);
  EXPECT_EQ(countOf(page, "<desc>"), plots);
  EXPECT_EQ(countOf(page, "role=\"img\">\n<title>"), plots);
}

// A script would have to unfold them otherwise.
TEST(ComparisonHtml, PrintsWhatIsFolded) {
  const std::string page = comparisonHtml(sample(), kHome);
  EXPECT_GT(countOf(page, "<details>"), 0U);
  EXPECT_THAT(page, HasSubstr("@media print{details::details-content{content-visibility:visible}}"));
}

TEST(ComparisonHtml, IsDarkOnScreensAlone) {
  const std::string page = comparisonHtml(sample(), kHome);
  EXPECT_EQ(countOf(page, "prefers-color-scheme"), 1U);
  EXPECT_THAT(page, HasSubstr("@media screen and (prefers-color-scheme:dark)"));
}

TEST(ComparisonHtml, NoDifferenceHasNoSign) {
  EXPECT_THAT(comparisonHtml(sample(), kHome), AllOf(HasSubstr(">0.00<small>"), Not(HasSubstr("-0.00"))));
}

std::string sectionOf(const std::string& page, const std::string& id) {
  const std::size_t from = page.find("<section id=\"" + id + "\">");
  return from == std::string::npos ? "" : page.substr(from, page.find("</section>", from) - from);
}

TEST(ComparisonHtml, LegendsNameWhatIsDrawn) {
  const std::string page = comparisonHtml(sample(), kHome);
  EXPECT_THAT(sectionOf(page, "cost"), AllOf(HasSubstr("1. good<"), HasSubstr(". po|or<")));
  for (const char* id : {"training", "robustness"})
    EXPECT_THAT(sectionOf(page, id), AllOf(HasSubstr("1. good<"), Not(HasSubstr(". po|or<")))) << id;
}

TEST(ComparisonHtml, SaysOnHowManyImagesCurvesWereMeasured) {
  std::vector<RunResult> runs = sampleRuns();
  EXPECT_THAT(comparisonHtml(compare(runs, "test", kFewDraws), kHome), Not(HasSubstr("curves and their means are of")));
  for (Evaluated& evaluated : runs[1].evaluations) evaluated.robustness->rows = 30;
  EXPECT_THAT(comparisonHtml(compare(runs, "test", kFewDraws), kHome),
              HasSubstr("The curves and their means are of 30 of the 60 images."));
  runs[1].evaluations[1].robustness->rows = 60;
  EXPECT_THAT(comparisonHtml(compare(runs, "test", kFewDraws), kHome),
              HasSubstr("Some curves and their means are of fewer images: 30 of the 60 images (good)."));
}

TEST(ComparisonHtml, EscapesNames) {
  const std::string page = comparisonHtml(sample(), kHome);
  EXPECT_THAT(page, AllOf(HasSubstr("sad &amp; &lt;low&gt;"), Not(HasSubstr("<low>"))));
  EXPECT_THAT(page, HasSubstr("href=\"../experiments/po%7Cor/eval/test/report.md\""));
  EXPECT_THAT(page, HasSubstr("href=\"../experiments/good/eval/test-flip/report.md\""));
}

TEST(ComparisonHtml, ShowsMistakesWithoutPicturesWhereTheSheetDoesNotFit) {
  std::vector<RunResult> runs = sampleRuns();
  runs[1].evaluations[0].mistakes_png = pngHead(13, 7);
  runs[1].evaluations[1].mistakes_png = "no picture";
  const std::string page = comparisonHtml(compare(runs, "test", kFewDraws), kHome);
  EXPECT_THAT(page, Not(HasSubstr("background-image")));
  EXPECT_THAT(page, HasSubstr("class=\"face\""));
}

TEST(ComparisonWriters, DoNotRankSetsTogether) {
  std::vector<RunResult> runs = sampleRuns();
  runs[0].evaluations[0].summary.protocol = "challenge";
  const Comparison comparison = compare(runs, "test", kFewDraws);
  for (const std::string& text :
       {comparisonText(comparison), comparisonMarkdown(comparison, kHome), comparisonHtml(comparison, kHome)}) {
    EXPECT_THAT(text, HasSubstr("These runs are not ranked together"));
    EXPECT_THAT(text, HasSubstr("evaluate them on the same data, protocol and split"));
    EXPECT_THAT(text, HasSubstr("challenge protocol, 60 images"));
  }
  const auto json = nlohmann::json::parse(comparisonJson(comparison));
  EXPECT_EQ(json["sets"].size(), 2U);
  EXPECT_EQ(json["apart"][0], "protocol: challenge (po|or), original (good, good + flip, good-again)");
}

TEST(ComparisonWriters, OfOneRunHaveNoPairsAndNoBest) {
  const Comparison comparison = compare({sampleRun("/x/a", firstRight(5, 9))}, "test", kFewDraws);
  EXPECT_THAT(comparisonText(comparison), Not(HasSubstr("McNemar")));
  EXPECT_THAT(comparisonMarkdown(comparison, kHome), AllOf(Not(HasSubstr("**")), Not(HasSubstr("Every two runs"))));
  EXPECT_THAT(comparisonHtml(comparison, kHome), AllOf(Not(HasSubstr("class=\"n best\"")), HasSubstr("Ranking")));
}

TEST(ComparisonWriters, DrawARunOfPerfectAndOneOfNoPredictions) {
  const Comparison comparison =
      compare({sampleRun("/x/all", firstRight(9, 9)), sampleRun("/x/none", firstRight(0, 9))}, "test", kFewDraws);
  const std::string page = comparisonHtml(comparison, kHome);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("nan")), Not(HasSubstr("inf\""))));
}

TEST(ComparisonWriters, FillAFolder) {
  const test::TempFolder folder;
  writeComparison(sample(), folder / "a/b");
  for (const char* name : {"index.html", "report.md", "comparison.json", "comparison.csv"})
    EXPECT_GT(std::filesystem::file_size(folder / "a/b" / name), 100U) << name;
}

}  // namespace
}  // namespace fer::report
