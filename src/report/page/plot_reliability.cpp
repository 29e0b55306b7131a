#include <algorithm>

#include "fer/core/text/numbers.hpp"
#include "report/comparison/words.hpp"
#include "report/page/plots.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kWidth = 300;
constexpr double kHeight = 290;

std::string tipOf(const metrics::ReliabilityBin& bin) {
  return "confidence " + fixed(bin.low, 2) + " to " + fixed(bin.high, 2) + ": " + grouped(bin.rows) +
         " images, mean confidence " + percent(bin.confidence, 1) + " %, right " + percent(bin.accuracy, 1) + " %";
}

}  // namespace

std::string reliabilityPlot(const Entry& entry) {
  std::string description = "Share of right predictions by confidence; the diagonal is perfect.";
  for (const metrics::ReliabilityBin& bin : entry.reliability)
    if (bin.rows > 0) description += " " + tipOf(bin) + ".";
  Svg svg(kWidth, kHeight, "Reliability diagram of " + entry.name, description);
  const Frame frame{50, 10, kWidth - 50 - 14, kHeight - 10 - 44, roundAxis(0, 1, 5, 0.2), roundAxis(0, 1, 5, 0.2)};
  drawFrame(svg, frame, "confidence", "share of right predictions");
  std::int64_t most = 1;
  for (const metrics::ReliabilityBin& bin : entry.reliability) most = std::max(most, bin.rows);
  constexpr double kTallestCount = 0.16;
  for (const metrics::ReliabilityBin& bin : entry.reliability) {
    if (bin.rows == 0) continue;
    const double left = frame.x(bin.low) + 1;
    const double width = frame.x(bin.high) - frame.x(bin.low) - 2;
    svg.rectangle(left, frame.y(bin.accuracy), width, frame.y(0) - frame.y(bin.accuracy), "var(--s0)", tipOf(bin));
    // The lighter strip says how many images the bar speaks of.
    const double count = kTallestCount * static_cast<double>(bin.rows) / static_cast<double>(most);
    svg.rectangle(left, frame.y(count), width, frame.y(0) - frame.y(count), "var(--s5)", tipOf(bin));
  }
  svg.line(frame.x(0), frame.y(0), frame.x(1), frame.y(1), kInk, 1.5, "5 4");
  return svg.finish();
}

}  // namespace fer::report
