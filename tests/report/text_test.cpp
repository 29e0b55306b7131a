#include "report/text.hpp"

#include <gtest/gtest.h>

#include "report/markdown_table.hpp"
#include "report/plot/axis.hpp"
#include "report/plot/colour_scale.hpp"
#include "report/plot/svg.hpp"

namespace fer::report {
namespace {

TEST(Text, WidthIsCountedInCharacters) {
  EXPECT_EQ(characters("müde"), 4U);
  EXPECT_EQ(padLeft("ü", 3), "  ü");
  EXPECT_EQ(padRight("ü", 3), "ü  ");
  EXPECT_EQ(padLeft("abcd", 3), "abcd");
  EXPECT_EQ(shortened("überrascht", 10), "überrascht");
  EXPECT_EQ(shortened("überrascht", 4), "übe…");
  EXPECT_EQ(shortened("so it is", 4), "so…");
}

TEST(Text, MarkupIsEscaped) {
  EXPECT_EQ(xmlText("<a> & \"b\"\n'"), "&lt;a&gt; &amp; &quot;b&quot; '");
  EXPECT_EQ(markdownText("vgg_block"), "vgg_block");
  EXPECT_EQ(markdownText("_a_ *b* [c](d) | `e` <f>\n\\"), "\\_a\\_ \\*b\\* \\[c\\](d) \\| \\`e\\` \\<f\\> \\\\");
}

TEST(MarkdownTable, StandsInLine) {
  MarkdownTable table;
  table.column("a", MarkdownTable::Align::kLeft);
  table.column("number", MarkdownTable::Align::kRight);
  table.row({"überlang", "1"});
  EXPECT_EQ(table.text(),
            "| a        | number |\n"
            "| -------- | -----: |\n"
            "| überlang |      1 |\n");
}

TEST(Svg, LengthsHaveTwoDigitsAtMost) {
  EXPECT_EQ(pixels(12), "12");
  EXPECT_EQ(pixels(12.345), "12.35");
  EXPECT_EQ(pixels(-0.001), "0");
  EXPECT_EQ(point(1.5, 20), "1.5,20");
}

TEST(Axis, EndsAtRoundNumbersAroundTheValues) {
  const Axis axis = roundAxis(0.23, 1.9, 5, 1e-6);
  EXPECT_DOUBLE_EQ(axis.low, 0);
  EXPECT_DOUBLE_EQ(axis.high, 2);
  EXPECT_EQ(axis.ticks.size(), 5U);
  EXPECT_EQ(axis.label(axis.ticks[1]), "0.5");
  const Axis whole = roundAxis(0, 3, 6, 1);
  EXPECT_EQ(whole.ticks.size(), 4U);
  EXPECT_EQ(whole.label(2), "2");
  EXPECT_EQ(roundAxis(0, 3e9, 5, 1).label(1e9), "1.00e+09");
}

TEST(Colour, TextStandsOutFromEveryShade) {
  EXPECT_EQ(sequentialColour(0).hex(), "#f7fbff");
  EXPECT_EQ(sequentialColour(1).hex(), "#08306b");
  EXPECT_EQ(sequentialColour(7).hex(), "#08306b");
  EXPECT_EQ(sequentialColour(0.5).hex(), "#6baed6");
  EXPECT_EQ(readableOn(sequentialColour(0)), "#1a1a1a");
  EXPECT_EQ(readableOn(sequentialColour(1)), "#ffffff");
}

}  // namespace
}  // namespace fer::report
