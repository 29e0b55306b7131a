#include "report/timeline/lane.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "fer/core/text/numbers.hpp"
#include "report/plot/svg.hpp"

namespace fer::report {
namespace {

constexpr int kPercent = 100;
constexpr int kNotSeen = -2;
constexpr int kNotClassified = -1;

int valueOf(const TimelineCell& cell) {
  if (!cell.seen) return kNotSeen;
  if (cell.label < 0) return kNotClassified;
  const double share = std::clamp(static_cast<double>(cell.probability), 0.0, 1.0);
  return cell.label * (kPercent + 1) + static_cast<int>(std::lround(share * kPercent));
}

/// Calls with each value, the bin where it begins and the number of bins that it lasts.
void eachRun(const std::vector<int>& values, const std::function<void(int, std::size_t, std::size_t)>& take) {
  for (std::size_t from = 0; from < values.size();) {
    std::size_t to = from;
    while (to < values.size() && values[to] == values[from]) ++to;
    take(values[from], from, to - from);
    from = to;
  }
}

std::string valuesText(const std::vector<int>& values) {
  std::string text;
  eachRun(values, [&](int value, std::size_t /*from*/, std::size_t count) {
    text += (text.empty() ? "" : " ") + (value == kNotSeen         ? "-"
                                         : value == kNotClassified ? "?"
                                                                   : std::to_string(value));
    if (count > 1) text += "x" + std::to_string(count);
  });
  return text;
}

/// A rectangle upon the lane's ground, as a part of a path.
std::string barPath(std::size_t from, std::size_t count, double height) {
  return "M" + std::to_string(from) + " " + std::to_string(kPercent) + "v-" + pixels(height) + "h" +
         std::to_string(count) + "v" + pixels(height) + "z";
}

std::string path(const std::string& data, const std::string& fill) {
  return data.empty() ? "" : "<path fill=\"" + fill + "\" d=\"" + data + "\"/>";
}

std::string drawing(const TimelineSource& source, const std::string& content) {
  return "<svg viewBox=\"0 0 " + pixels(source.end_s / source.bin_s) + " " + std::to_string(kPercent) +
         "\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" + content + "</svg>";
}

}  // namespace

Lane trackLane(const TimelineTrack& track, const TimelineSource& source, const std::vector<std::string>& colours) {
  constexpr double kThin = 8;
  std::vector<int> values(track.first_bin, kNotSeen);
  for (const TimelineCell& cell : track.cells) values.push_back(valueOf(cell));
  std::vector<std::string> bars(colours.size());
  std::string fresh;
  eachRun(values, [&](int value, std::size_t from, std::size_t count) {
    if (value == kNotClassified) fresh += barPath(from, count, kThin);
    if (value < 0) return;
    bars[static_cast<std::size_t>(value / (kPercent + 1))] += barPath(from, count, value % (kPercent + 1));
  });
  std::string content = path(fresh, "var(--muted)");
  for (std::size_t i = 0; i < bars.size(); ++i) content += path(bars[i], colours[i]);
  return {drawing(source, content), valuesText(values)};
}

double mostFaces(const TimelineSource& source) {
  double most = 1;
  for (const double faces : source.faces)
    if (faces > most) most = faces;  // never where it is NaN
  return std::ceil(most);
}

Lane facesLane(const TimelineSource& source) {
  constexpr double kTenths = 10;
  const double most = mostFaces(source);
  std::vector<int> values;
  for (const double faces : source.faces)
    values.push_back(std::isnan(faces) ? kNotSeen : static_cast<int>(std::lround(faces * kTenths)));
  std::string area;
  eachRun(values, [&](int value, std::size_t from, std::size_t count) {
    if (value > 0) area += barPath(from, count, value / kTenths / most * kPercent);
  });
  return {drawing(source, path(area, "var(--faces)")), valuesText(values)};
}

}  // namespace fer::report
