#include <algorithm>
#include <cmath>

#include "fer/core/progress.hpp"
#include "fer/core/text/numbers.hpp"
#include "report/link.hpp"
#include "report/page/html.hpp"
#include "report/plot/svg.hpp"
#include "report/text.hpp"
#include "report/timeline/lane.hpp"
#include "report/timeline/sections.hpp"
#include "report/timeline/time_axis.hpp"

namespace fer::report {
namespace {

std::string counted(long long number, const std::string& one) {
  return grouped(number) + " " + one + (number == 1 ? "" : "s");
}

/// "10:00 long, 5 tracks, up to 3 faces at a time."
std::string overview(const TimelineSource& source) {
  if (source.faces.empty()) return "No frame was seen.";
  const auto tracks = static_cast<long long>(source.tracks.size()) + source.short_tracks + source.other_tracks;
  std::string text = durationText(source.end_s) + " long, " + counted(tracks, "track");
  if (tracks > 0) text += ", up to " + counted(std::llround(mostFaces(source)), "face") + " at a time";
  return text + (tracks > 0 ? ". The time of all faces together:" : ".");
}

/// What has no lane, in words.
std::string leftOut(const TimelineSource& source) {
  std::string text;
  if (source.short_tracks > 0) text = counted(source.short_tracks, "track") + " of less than a second";
  if (source.other_tracks > 0)
    text += (text.empty() ? "" : ", and ") + counted(source.other_tracks, "track") + " seen for less long than these";
  return text.empty() ? "" : element("p", "Without a lane, but in the shares above: " + text + ".", "class=\"note\"");
}

std::string video(const TimelineSource& source) {
  if (source.video.empty()) return "";
  return element(
      "div", "<video controls preload=\"metadata\" playsinline src=\"" + linkTarget(source.video) + "\" aria-label=\"" +
                 xmlText(source.name) + "\"></video>\n" +
                 element("p",
                         "No video is shown: it is not where it was when this page was made, or this browser "
                         "cannot play it. Values can be read all the same.",
                         "class=\"note lost\" hidden"));
}

/// Shares, and the video beside them.
std::string top(const TimelineSource& source, const std::vector<std::string>& classes,
                const std::vector<std::string>& colours) {
  const std::string shares = element("p", overview(source)) +
                             shareBar("All faces together", source.seconds, classes, colours) +
                             classLegend(source.seconds, classes, colours);
  return element("div", element("div", shares) + video(source),
                 source.video.empty() ? "class=\"top\"" : "class=\"top film\"");
}

std::string row(const std::string& name, const std::string& lane, const std::string& share,
                const std::string& classes = "") {
  return element("div", element("div", name, "class=\"name\"") + lane + element("div", share, "class=\"share\""),
                 "class=\"row" + (classes.empty() ? "" : " " + classes) + "\"");
}

std::string laneBox(const Lane& lane, const std::string& kind, const std::string& label) {
  return element("div", lane.svg,
                 "class=\"lane\" data-kind=\"" + kind + "\" data-values=\"" + lane.values +
                     "\" role=\"img\" aria-label=\"" + xmlText(label) + "\"");
}

std::string facesRow(const TimelineSource& source) {
  const std::string most = "up to " + fixed(mostFaces(source), 0);
  return row("<b>faces</b><small>" + most + "</small>",
             laneBox(facesLane(source), "faces", "number of faces over time, " + most), "", "faces");
}

std::string thumbnails(const TimelineTrack& track) {
  std::string images;
  for (const std::string& png : track.thumbnails)
    images += "<img alt=\"\" src=\"data:image/png;base64," + xmlText(png) + "\">";
  return images.empty() ? "" : element("span", images, "class=\"thumbs\"");
}

std::string trackRow(const TimelineTrack& track, const TimelineSource& source, const std::vector<std::string>& classes,
                     const std::vector<std::string>& colours) {
  const std::string name = "track " + std::to_string(track.id);
  const std::string when = durationText(track.first_s) + " to " + durationText(track.last_s);
  const std::string mostly = mostlyText(track.seconds, classes);
  return row("<b>" + name + "</b><small>" + when + "</small>" + thumbnails(track),
             laneBox(trackLane(track, source, colours), "track", name + ", " + when + ", " + mostly),
             shareBar(name, track.seconds, classes, colours) + "<small>" + xmlText(mostly) + "</small>");
}

/// Where the time lies between the lane's ends: "12.5%".
std::string placeOf(double seconds, const TimelineSource& source) {
  constexpr double kPerCent = 100;
  return pixels(kPerCent * seconds / source.end_s) + "%";
}

std::string axisRow(const TimelineSource& source, const TimeAxis& axis) {
  std::string marks;
  for (const double tick : axis.ticks)
    marks += "<span style=\"left:" + placeOf(tick, source) + "\">" + axis.label(tick) + "</span>";
  return row("", element("div", marks, "class=\"axis\" aria-hidden=\"true\""), "", "ticks");
}

std::string lanes(const TimelineSource& source, const std::vector<std::string>& classes,
                  const std::vector<std::string>& colours) {
  const TimeAxis axis = timeAxis(source.end_s);
  std::string rows = facesRow(source);
  for (const TimelineTrack& track : source.tracks) rows += trackRow(track, source, classes, colours);
  return element("div", rows + axisRow(source, axis),
                 "class=\"lanes\" style=\"--step:" + placeOf(axis.step, source) + "\"");
}

}  // namespace

std::string sourceSection(const Timeline& timeline, std::size_t index, const std::vector<std::string>& colours) {
  const TimelineSource& source = timeline.sources[index];
  std::string html = timeline.sources.size() > 1 ? element("h2", xmlText(source.name)) : "";
  if (source.faces.empty()) return element("section", html + element("p", overview(source)), "class=\"source card\"");
  html += top(source, timeline.classes, colours) + element("p", "", "class=\"reading\" hidden") +
          lanes(source, timeline.classes, colours) + leftOut(source);
  if (!source.tracks.empty())
    html += element("details", element("summary", "The numbers") + trackTable(source, timeline.classes));
  return element(
      "section", html,
      "class=\"source card\" data-bin=\"" + shortest(source.bin_s) + "\" data-end=\"" + shortest(source.end_s) + "\"");
}

}  // namespace fer::report
