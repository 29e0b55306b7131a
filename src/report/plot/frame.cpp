#include "report/plot/frame.hpp"

#include <array>

namespace fer::report {

SeriesStyle seriesStyle(std::size_t index) {
  constexpr std::size_t kColours = 7;
  constexpr std::array<const char*, 4> kDashes{"", "6 3", "2 3", "8 3 2 3"};
  return {"var(--s" + std::to_string(index % kColours) + ")", kDashes[index / kColours % kDashes.size()]};
}

void drawFrame(Svg& svg, const Frame& frame, const std::string& across, const std::string& up) {
  constexpr double kNumber = 12;
  constexpr double kName = 13;
  const double bottom = frame.top + frame.height;
  for (const double tick : frame.up.ticks) {
    svg.line(frame.left, frame.y(tick), frame.left + frame.width, frame.y(tick), kGridLine);
    svg.text(frame.left - 6, frame.y(tick) + 4, frame.up.label(tick),
             {.size = kNumber, .anchor = "end", .fill = kFaintInk});
  }
  for (const double tick : frame.across.ticks) {
    svg.line(frame.x(tick), bottom, frame.x(tick), bottom + 4, kFaintInk);
    svg.text(frame.x(tick), bottom + 16, frame.across.label(tick), {.size = kNumber, .fill = kFaintInk});
  }
  svg.line(frame.left, bottom, frame.left + frame.width, bottom, kFaintInk);
  svg.text(frame.left + frame.width / 2, bottom + 33, across, {.size = kName, .fill = kInk});
  svg.text(12, frame.top + frame.height / 2, up, {.size = kName, .fill = kInk, .turn = -90});
}

}  // namespace fer::report
