#include "serve/rows/wall_time.hpp"

#include <charconv>
#include <cstdio>

namespace fer::serve {
namespace {

constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd.dddZ";  // d: a digit

bool hasForm(std::string_view text) {
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kForm[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != kForm[i]) return false;
  return true;
}

int numberAt(std::string_view text, std::size_t at) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + kForm.find_first_not_of('d', at), value);
  return value;
}

}  // namespace

std::string wallTimeText(WallTime time) {
  using namespace std::chrono;
  const auto exact = floor<milliseconds>(time);
  const auto day = floor<days>(exact);
  const year_month_day date(day);
  const hh_mm_ss clock(exact - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

std::optional<WallTime> parseWallTime(std::string_view text) {
  using namespace std::chrono;
  constexpr int kFirstYear = 1970;  // the clock's nanoseconds end in 2262
  constexpr int kLastYear = 2199;
  if (!hasForm(text)) return std::nullopt;
  const year_month_day date(year(numberAt(text, 0)), month(static_cast<unsigned>(numberAt(text, 5))),
                            day(static_cast<unsigned>(numberAt(text, 8))));
  const hours hour(numberAt(text, 11));
  const minutes minute(numberAt(text, 14));
  const seconds second(numberAt(text, 17));
  if (!date.ok() || date.year() < year(kFirstYear) || date.year() > year(kLastYear) || hour >= days(1) ||
      minute >= hours(1) || second >= minutes(1))
    return std::nullopt;
  return sys_days(date) + hour + minute + second + milliseconds(numberAt(text, 20));
}

}  // namespace fer::serve
