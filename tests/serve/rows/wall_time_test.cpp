#include "serve/rows/wall_time.hpp"

#include <gtest/gtest.h>

namespace fer::serve {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(WallTimes, AreIso8601InUtcAndReadAgain) {
  struct Case {
    WallTime time;
    const char* text;
  };
  const Case cases[] = {
      {WallTime{}, "1970-01-01T00:00:00.000Z"},
      {WallTime{seconds(951827696) + milliseconds(7)}, "2000-02-29T12:34:56.007Z"},  // date -u -d @951827696
      {WallTime{seconds(4102444799) + milliseconds(999)}, "2099-12-31T23:59:59.999Z"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(wallTimeText(c.time), c.text);
    EXPECT_EQ(parseWallTime(c.text), c.time);
  }
  EXPECT_EQ(wallTimeText(WallTime{microseconds(1999)}), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(wallTimeText(WallTime{microseconds(-1)}), "1969-12-31T23:59:59.999Z");
}

TEST(WallTimes, OfAnotherFormAreNone) {
  for (const char* text : {"", "2026-01-02T03:04:05.678", "2026-01-02 03:04:05.678Z", "2026-13-02T03:04:05.678Z",
                           "2026-00-02T03:04:05.678Z", "2025-02-29T03:04:05.678Z", "2026-01-02T24:04:05.678Z",
                           "2026-01-02T03:60:05.678Z", "2026-01-02T03:04:60.678Z", "2026-01-02T03:04:05.67 Z",
                           "1969-01-02T03:04:05.678Z", "9999-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z "})
    EXPECT_EQ(parseWallTime(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fer::serve
