// Small things that the report's page is made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/comparison/flat_json.hpp"
#include "report/comparison/words.hpp"
#include "report/page/html.hpp"
#include "report/plot/colour_scale.hpp"

#include "fer/core/error.hpp"

namespace fer::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

// RFC 4648, section 10.
TEST(ColourScale, DivergesFromBlueToOrange) {
  EXPECT_EQ(divergingColour(-2).hex(), "#0072b2");
  EXPECT_EQ(divergingColour(0).hex(), "#f7f7f7");
  EXPECT_EQ(divergingColour(1).hex(), "#d55e00");
}

TEST(FlatJson, NamesEveryValueByItsPath) {
  EXPECT_THAT(flatJson(R"({"a": {"b": 1.5, "c": [1, "x"], "e": {}}, "d": "text", "f": null})", "x.json"),
              ElementsAre(Pair("a.b", "1.5"), Pair("a.c", "[1,\"x\"]"), Pair("a.e", "{}"), Pair("d", "text"),
                          Pair("f", "null")));
  EXPECT_TRUE(flatJson("{}", "x.json").empty());
  EXPECT_THROW(flatJson("[1]", "x.json"), Error);
  EXPECT_THROW(flatJson("{", "x.json"), Error);
}

TEST(HtmlTable, EscapesWhatIsPlainAndHeadsItsRows) {
  HtmlTable table("a < b");
  table.column("n & m", true);
  table.column("x");
  table.row({{"<b>1</b>"}, {"2", "n", "\"tip\""}});
  EXPECT_EQ(
      table.html(),
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"a &lt; b\"><table style=\"--columns:2\">\n"
      "<thead><tr><th scope=\"col\" class=\"n\">n &amp; m</th><th scope=\"col\">x</th></tr></thead>\n<tbody>\n"
      "<tr><th scope=\"row\"><b>1</b></th><td class=\"n\" title=\"&quot;tip&quot;\">2</td></tr>\n"
      "</tbody></table></div>\n");
}

TEST(ComparisonWords, NameTheRunsOfEachValue) {
  EXPECT_THAT(runsOf({"model.weights", {{"a", ""}, {"b", "x.pth"}, {"c", ""}}, false}),
              ElementsAre(Pair("(empty)", "a, c"), Pair("x.pth", "b")));
}

TEST(ComparisonWords, SayNumbersAsPeopleReadThem) {
  EXPECT_EQ(percent(0.39249), "39.25");
  EXPECT_EQ(percentRange({0.1, 0.2}, 1), "10.0 to 20.0");
  EXPECT_EQ(pValue(0.0314), "0.031");
  EXPECT_EQ(pValue(0.0001), "< 0.001");
}

}  // namespace
}  // namespace fer::report
