#include <algorithm>
#include <numeric>

#include "fer/core/progress.hpp"
#include "fer/core/text/joined.hpp"
#include "fer/core/text/numbers.hpp"
#include "report/page/html.hpp"
#include "report/plot/svg.hpp"
#include "report/text.hpp"
#include "report/timeline/sections.hpp"

namespace fer::report {
namespace {

constexpr double kHundred = 100;

double sumOf(const std::vector<double>& seconds) {
  return std::accumulate(seconds.begin(), seconds.end(), 0.0);
}

}  // namespace

std::string shareText(double share) {
  constexpr double kLeast = 0.005;
  return share > 0 && share < kLeast ? "< 1 %" : fixed(kHundred * share, 0) + " %";
}

std::vector<double> sharesOf(const std::vector<double>& seconds) {
  const double sum = sumOf(seconds);
  std::vector<double> shares;
  shares.reserve(seconds.size());
  for (const double part : seconds) shares.push_back(sum > 0 ? part / sum : 0);
  return shares;
}

std::string mostlyText(const std::vector<double>& seconds, const std::vector<std::string>& classes) {
  if (sumOf(seconds) <= 0) return "not classified";
  const std::vector<double> shares = sharesOf(seconds);
  const auto most = std::max_element(shares.begin(), shares.end());
  return "mostly " + classes[static_cast<std::size_t>(most - shares.begin())] + " (" + shareText(*most) + ")";
}

std::string shareBar(const std::string& whose, const std::vector<double>& seconds,
                     const std::vector<std::string>& classes, const std::vector<std::string>& colours) {
  std::string bars;
  std::vector<std::string> words;
  double from = 0;
  const std::vector<double> shares = sharesOf(seconds);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double width = kHundred * shares[i];
    if (width > 0) {
      bars +=
          "<rect x=\"" + pixels(from) + "\" width=\"" + pixels(width) + "\" height=\"1\" fill=\"" + colours[i] + "\"/>";
      words.push_back(classes[i] + " " + shareText(shares[i]));
    }
    from += width;
  }
  const std::string said = words.empty() ? "not classified" : joined(words);
  return "<svg class=\"bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
         xmlText(whose + ": " + said) + "\">" + bars + "</svg>\n";
}

std::string classLegend(const std::vector<double>& seconds, const std::vector<std::string>& classes,
                        const std::vector<std::string>& colours) {
  std::string items;
  const std::vector<double> shares = sharesOf(seconds);
  for (std::size_t i = 0; i < classes.size(); ++i)
    items += "<li><i style=\"background:" + colours[i] + "\"></i><b>" + xmlText(classes[i]) + "</b> " +
             shareText(shares[i]) + "</li>\n";
  return element("ul", items, "class=\"classes\"");
}

std::string trackTable(const TimelineSource& source, const std::vector<std::string>& classes) {
  HtmlTable table("Tracks of " + source.name + ": when, for how long, and shares of time");
  table.column("track");
  for (const char* heading : {"first seen", "last seen", "seen for"}) table.column(heading, true);
  for (const std::string& name : classes) table.column(name, true);
  for (const TimelineTrack& track : source.tracks) {
    std::vector<HtmlTable::Cell> cells{{std::to_string(track.id)},
                                       {durationText(track.first_s), "n"},
                                       {durationText(track.last_s), "n"},
                                       {durationText(track.seen_s), "n"}};
    for (const double share : sharesOf(track.seconds)) cells.push_back({share > 0 ? shareText(share) : "–", "n"});
    table.row(std::move(cells));
  }
  return table.html();
}

}  // namespace fer::report
