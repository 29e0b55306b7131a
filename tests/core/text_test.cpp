#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "fer/core/text/base64.hpp"
#include "fer/core/text/csv.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/core/text/json.hpp"
#include "fer/core/text/letters.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer {
namespace {

using testing::HasSubstr;

TEST(Texts, AreJoinedWithWhatIsAskedFor) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(joined(std::vector<std::string>{"", "b", ""}), ", b, ");
  EXPECT_EQ(joined(std::vector<std::string>{"a", "b"}, ","), "a,b");
}

TEST(Texts, AreTheSameInAnyCaseOfAsciiLettersAlone) {
  EXPECT_EQ(lowerCase("AZ az [`\xC3\x84"), "az az [`\xC3\x84");  // Ä keeps its bytes
  EXPECT_TRUE(sameInAnyCase("Happy", "hAPPY"));
  EXPECT_FALSE(sameInAnyCase("happy", "happ"));
  EXPECT_FALSE(sameInAnyCase("@[", "`{"));  // neighbours of the letters
}

TEST(Numbers, AFloatKeepsItsOwnDigitsAsADouble) {
  EXPECT_EQ(ownDigits(0.1F), 0.1);
  EXPECT_NE(ownDigits(0.1F), static_cast<double>(0.1F));
  EXPECT_EQ(ownDigits(-1.5e-7F), -1.5e-7);
  EXPECT_TRUE(std::isnan(ownDigits(std::numeric_limits<float>::quiet_NaN())));
  EXPECT_EQ(ownDigits(std::numeric_limits<float>::infinity()), std::numeric_limits<double>::infinity());
}

TEST(Numbers, AreRoundedAsPrintfDoes) {
  EXPECT_EQ(fixed(0.12345, 4), "0.1235");  // the double lies above the tie
  EXPECT_EQ(fixed(0.00005, 4), "0.0001");
  EXPECT_EQ(fixed(2.5, 0), "2");
  EXPECT_EQ(fixed(-1, 2), "-1.00");
  EXPECT_EQ(scientific(1.5e6), "1.50e+06");
  EXPECT_EQ(compact(0.0002), "0.0002");
  EXPECT_EQ(compact(1e-7), "1e-07");
}

TEST(Numbers, ReadBackAsTheSame) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(0.1F), "0.1");
  EXPECT_EQ(shortest(static_cast<double>(0.1F)), "0.10000000149011612");
  EXPECT_EQ(shortest(1e6), "1e+06");
  EXPECT_EQ(plain(1e6), "1000000");
  EXPECT_EQ(plain(0.5), "0.5");
  EXPECT_EQ(shortest(std::nan("")), "nan");
  EXPECT_EQ(fixed(std::numeric_limits<double>::infinity(), 2), "inf");
}

TEST(Numbers, AreGroupedByThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(4824007), "4,824,007");
  EXPECT_EQ(grouped(-123456), "-123,456");
}

TEST(Csv, FieldsAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(csvField("plain text"), "plain text");
  EXPECT_EQ(csvField("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csvLine({"a", "b,c", ""}), "a,\"b,c\",\n");
}

TEST(Base64, GivesTheTestVectorsOfTheRfc) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : cases) EXPECT_EQ(base64(bytes), text);
  EXPECT_EQ(base64("\xff\xff\xfe"), "///+");
}

TEST(Base64, EncodesMoreThanOneBlock) {
  const std::string text = base64(std::string((std::size_t{3} << 20) + 1, '\0'));
  EXPECT_EQ(text.size(), (std::size_t{4} << 20) + 4);
  EXPECT_EQ(text.substr(text.size() - 6), "AAAA==");
}

TEST(JsonNode, NamesTheKeyThatIsWrong) {
  const nlohmann::json value = parseJson(R"({"schema": 3, "a": {"list": [1, "x", null]}, "n": -1})", "f.json");
  const JsonNode root(value, "f.json", "Mend it.");
  const auto messageOf = [](auto read) -> std::string {
    try {
      read();
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      return error.what();
    }
    return "nothing thrown";
  };
  EXPECT_EQ(messageOf([&] { root.at("b"); }), "f.json: b: missing. Mend it.");
  EXPECT_EQ(messageOf([&] { root.at("a").at("list").numbers(); }),
            "f.json: a.list[1]: expected a number, found \"x\". Mend it.");
  EXPECT_EQ(messageOf([&] { root.at("a").text(); }),
            "f.json: a: expected a text, found {\"list\":[1,\"x\",null]}. Mend it.");
  EXPECT_THAT(messageOf([&] { root.at("n").count<int>(); }), HasSubstr("n: expected a whole number from 0 to"));
  EXPECT_EQ(messageOf([&] { root.at("n").number(0, 1); }),
            "f.json: n: expected a number from 0 to 1, found -1. Mend it.");
  EXPECT_THAT(messageOf([&] { root.schema(2); }),
              HasSubstr("f.json: schema 3 was written by a newer fer; this one reads up to 2. Update fer."));
  EXPECT_EQ(root.schema(3), 3);
  EXPECT_TRUE(root.at("a").at("list").list()[2].isNull());
  EXPECT_TRUE(root.has("n"));
  EXPECT_FALSE(root.has("m"));
}

}  // namespace
}  // namespace fer
