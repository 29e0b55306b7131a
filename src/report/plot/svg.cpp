#include "report/plot/svg.hpp"

#include <cmath>

#include "fer/core/text/numbers.hpp"
#include "report/text.hpp"

namespace fer::report {

namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string attribute(std::string_view name, double value) {
  return attribute(name, pixels(value));
}

/// Closes an element, with a tip inside it where there is one.
std::string ending(const std::string& element, std::string_view tip) {
  return tip.empty() ? "/>\n" : "><title>" + xmlText(tip) + "</title></" + element + ">\n";
}

constexpr double kRim = 1.5;
constexpr double kMostMagnified = 1.25;

}  // namespace

Svg::Svg(double width, double height, std::string_view title) {
  out_ = "<svg" + attribute("xmlns", "http://www.w3.org/2000/svg") + attribute("width", width) +
         attribute("height", height) + attribute("viewBox", "0 0 " + pixels(width) + " " + pixels(height)) +
         attribute("font-family", "Helvetica, Arial, 'DejaVu Sans', sans-serif") + attribute("role", "img") +
         ">\n<title>" + xmlText(title) + "</title>\n";
  rectangle(0, 0, width, height, "#ffffff");
}

Svg::Svg(double width, double height, std::string_view title, std::string_view description) {
  out_ = "<svg class=\"plot\"" + attribute("viewBox", "0 0 " + pixels(width) + " " + pixels(height)) +
         attribute("style", "max-width:" + pixels(kMostMagnified * width) + "px") + attribute("role", "img") +
         ">\n<title>" + xmlText(title) + "</title>\n<desc>" + xmlText(description) + "</desc>\n";
}

void Svg::rectangle(double x, double y, double width, double height, std::string_view fill, std::string_view tip) {
  out_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) + attribute("height", height) +
          attribute("fill", fill) + ending("rect", tip);
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view stroke, double width,
               std::string_view dash) {
  out_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) +
          attribute("stroke", stroke) + attribute("stroke-width", width);
  if (!dash.empty()) out_ += attribute("stroke-dasharray", dash);
  out_ += "/>\n";
}

void Svg::polyline(std::string_view points, std::string_view stroke, double width, std::string_view dash) {
  out_ += "<polyline" + attribute("points", points) + attribute("fill", "none") + attribute("stroke", stroke) +
          attribute("stroke-width", width) + attribute("stroke-linejoin", "round") +
          attribute("stroke-linecap", "round");
  if (!dash.empty()) out_ += attribute("stroke-dasharray", dash);
  out_ += "/>\n";
}

void Svg::polygon(std::string_view points, std::string_view fill, std::string_view stroke, std::string_view tip) {
  out_ += "<polygon" + attribute("points", points) + attribute("fill", fill) + attribute("stroke", stroke) +
          attribute("stroke-width", kRim) + ending("polygon", tip);
}

void Svg::circle(double x, double y, double radius, std::string_view fill, std::string_view stroke,
                 std::string_view tip) {
  out_ += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) + attribute("fill", fill) +
          attribute("stroke", stroke) + attribute("stroke-width", kRim) + ending("circle", tip);
}

void Svg::text(double x, double y, std::string_view text, const TextStyle& style, std::string_view tip) {
  out_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", style.size) +
          attribute("text-anchor", style.anchor) + attribute("fill", style.fill);
  if (style.bold) out_ += attribute("font-weight", "bold");
  if (style.turn != 0)
    out_ += attribute("transform", "rotate(" + pixels(style.turn) + " " + pixels(x) + " " + pixels(y) + ")");
  out_ += ">" + xmlText(text);
  if (!tip.empty()) out_ += "<title>" + xmlText(tip) + "</title>";
  out_ += "</text>\n";
}

std::string Svg::finish() {
  return out_ + "</svg>\n";
}

std::string pixels(double value) {
  constexpr double kHundredth = 100;
  std::string text = fixed(std::round(value * kHundredth) / kHundredth, 2);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string point(double x, double y) {
  return pixels(x) + "," + pixels(y);
}

double textWidth(std::string_view text, double size) {
  constexpr double kWideAverage = 0.6;
  return kWideAverage * size * static_cast<double>(characters(text));
}

}  // namespace fer::report
