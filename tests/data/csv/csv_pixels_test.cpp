#include "data/csv/pixels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fer/core/random.hpp"

namespace fer::data::csv {
namespace {

using ::testing::ElementsAre;

/// A field as it stands in a file: something behind it, then bytes that may be looked at.
struct FieldInLine {
  FieldInLine(const std::string& field, const std::string& behind)
      : text(field + behind + std::string(kReadAhead, '\n')), length(field.size()) {}
  std::string text;
  std::size_t length;
};

TEST(ReadPixelsFast, ReadsEveryLengthAtEveryPlace) {
  const std::string words[] = {"0", "9", "10", "99", "100", "199", "200", "249", "250", "255"};
  for (const std::string& a : words)
    for (const std::string& b : words)
      for (const std::string& c : words) {
        const FieldInLine field(a + ' ' + b + ' ' + c, ",");
        std::vector<std::uint8_t> three(3);
        EXPECT_EQ(readPixelsFast(field.text.data(), three), field.text.data() + field.length);
        EXPECT_THAT(three, ElementsAre(std::stoi(a), std::stoi(b), std::stoi(c)));
        std::vector<std::uint8_t> two(2);
        EXPECT_EQ(readPixelsFast(field.text.data(), two), field.text.data() + (a + ' ' + b).size());
        EXPECT_THAT(two, ElementsAre(std::stoi(a), std::stoi(b)));
      }
}

TEST(ReadPixelsFast, ReadsEveryGreyLevelInBothPlacesOfAPair) {
  for (int value = 0; value <= 255; ++value) {
    const FieldInLine field(std::to_string(value) + ' ' + std::to_string(255 - value), "\n");
    std::vector<std::uint8_t> pair(2);
    ASSERT_EQ(readPixelsFast(field.text.data(), pair), field.text.data() + field.length);
    EXPECT_THAT(pair, ElementsAre(value, 255 - value));
  }
}

TEST(ReadPixelsFast, LeavesNumbersAbove255) {
  for (int value = 256; value <= 1100; ++value)
    for (const std::string& text :
         {std::to_string(value) + " 1", "1 " + std::to_string(value), std::to_string(value)}) {
      const FieldInLine field(text, ",");
      std::vector<std::uint8_t> out(text.find(' ') == std::string::npos ? 1 : 2);
      EXPECT_EQ(readPixelsFast(field.text.data(), out), nullptr) << text;
    }
}

/// `count` words, mostly numbers of one to three digits, then damage: bytes replaced, removed or put in.
std::string randomField(RandomStream& random, std::uint32_t count) {
  std::string text;
  for (std::uint32_t i = 0; i < count; ++i)
    text += (i > 0 ? " " : "") + std::to_string(random.below(random.below(4) == 0 ? 300 : 256));
  const std::string bytes = "0123456789  ,\"\t\r:/-@P`p\x10\x19\x7f\xb0\xff";
  for (std::uint32_t damage = random.below(3); damage > 0 && !text.empty(); --damage) {
    const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
    const char byte = bytes[random.below(static_cast<std::uint32_t>(bytes.size()))];
    const std::uint32_t how = random.below(3);
    if (how == 0) text[at] = byte;
    if (how == 1) text.erase(at, 1);
    if (how == 2) text.insert(at, 1, byte);
  }
  return text;
}

// The fast parser may leave a field to the careful one, but never differ from it.
TEST(ReadPixelsFast, AgreesWithTheCarefulParserOnRandomFields) {
  int read_fast = 0;
  for (std::uint32_t i = 0; i < 200'000; ++i) {
    RandomStream random(1, Purpose::kSynth, 0, i);
    const std::uint32_t count = 1 + random.below(7);
    const FieldInLine field(randomField(random, count), random.below(2) == 0 ? ",255" : "\n17 ");
    std::vector<std::uint8_t> fast(count);
    const char* end = readPixelsFast(field.text.data(), fast);
    if (end == nullptr) continue;
    ++read_fast;
    const std::string taken(field.text.data(), end);
    std::vector<std::uint8_t> careful(count);
    EXPECT_FALSE(readPixels(taken, careful)) << taken;
    EXPECT_EQ(fast, careful) << taken;
  }
  EXPECT_GT(read_fast, 50'000);
}

TEST(ReadPixelsFast, ReadsWhatFer2013Writes) {
  for (std::uint32_t i = 0; i < 100; ++i) {
    RandomStream random(2, Purpose::kSynth, 0, i);
    std::vector<std::uint8_t> image(std::size_t{48} * 48);
    std::string text;
    for (std::uint8_t& pixel : image) {
      pixel = static_cast<std::uint8_t>(random.below(256));
      text += std::to_string(pixel) + ' ';
    }
    text.pop_back();
    const FieldInLine field(text, "\n");
    std::vector<std::uint8_t> out(image.size());
    EXPECT_EQ(readPixelsFast(field.text.data(), out), field.text.data() + field.length);
    EXPECT_EQ(out, image);
  }
}

}  // namespace
}  // namespace fer::data::csv
