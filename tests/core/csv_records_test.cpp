#include "fer/core/text/csv_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/text/csv.hpp"
#include "support/error_of.hpp"

namespace fer {
namespace {

using testing::ElementsAre;

constexpr const char* kAgain = "Write it again.";

std::vector<std::vector<std::string>> recordsOf(std::string_view text) {
  CsvRecords records(text, "x.csv", kAgain);
  std::vector<std::vector<std::string>> all;
  for (std::vector<std::string> fields; records.next(fields);) all.push_back(fields);
  return all;
}

TEST(CsvRecords, AreWhatCsvLineWrote) {
  const std::vector<std::string> fields{"", "a", "say \"b\"", "c, d", "e\nf", "\r\n"};
  EXPECT_THAT(recordsOf(csvLine(fields) + csvLine({"x"})), ElementsAre(fields, std::vector<std::string>{"x"}));
}

TEST(CsvRecords, EndWithOneOrTwoBytesOrNone) {
  EXPECT_THAT(recordsOf("a,b\r\n,\nc"), ElementsAre(ElementsAre("a", "b"), ElementsAre("", ""), ElementsAre("c")));
  EXPECT_THAT(recordsOf(""), ElementsAre());
}

TEST(CsvRecords, NameTheLineOfWhatIsWrong) {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"a\n\"b", "x.csv:2: a quote is not closed. Write it again."},
      {"\"a\nb\"\n\"c\"d", "x.csv:3: text after a closing quote. Write it again."},
      {"a\rb", "x.csv:1: a carriage return within a line. Write it again."},
  };
  for (const Case& c : cases) EXPECT_EQ(test::errorOf(Fault::kData, [&] { recordsOf(c.text); }), c.message) << c.text;
}

TEST(CsvRecords, ReadNumbersAndSayWhatTheyShouldBe) {
  CsvRecords records("1,2", "x.csv", kAgain, 7);
  std::vector<std::string> fields;
  records.next(fields);
  EXPECT_EQ(records.number<int>("12", "n", 0, 12, "a number to 12"), 12);
  EXPECT_EQ(records.number<float>("0.1", "p", 0, 1, "a share"), 0.1F);
  for (const char* bad : {"", "13", "-1", "1x", " 1", "0x1", "99999999999999999999"})
    EXPECT_EQ(test::errorOf(Fault::kData, [&] { records.number<int>(bad, "n", 0, 12, "a number to 12"); }),
              std::string("x.csv:7: n: expected a number to 12, found \"") + bad + "\". Write it again.");
  for (const char* bad : {"nan", "1.0000001", "1e999"})
    EXPECT_NE(test::errorOf(Fault::kData, [&] { records.number<double>(bad, "p", 0, 1, "a share"); }), "no error");
}

}  // namespace
}  // namespace fer
