#include "svg.hpp"

#include <cmath>

#include "text.hpp"

namespace fer::report {

Svg::Svg(double width, double height, std::string_view title) {
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + pixels(width) + "\" height=\"" + pixels(height) +
         "\" viewBox=\"0 0 " + pixels(width) + " " + pixels(height) +
         "\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" role=\"img\">\n<title>" + xmlText(title) +
         "</title>\n";
  rectangle(0, 0, width, height, "#ffffff");
}

void Svg::rectangle(double x, double y, double width, double height, std::string_view fill) {
  out_ += "<rect x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\" width=\"" + pixels(width) + "\" height=\"" +
          pixels(height) + "\" fill=\"" + std::string(fill) + "\"/>\n";
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view stroke, double width,
               std::string_view dash) {
  out_ += "<line x1=\"" + pixels(x1) + "\" y1=\"" + pixels(y1) + "\" x2=\"" + pixels(x2) + "\" y2=\"" + pixels(y2) +
          "\" stroke=\"" + std::string(stroke) + "\" stroke-width=\"" + pixels(width) + "\"";
  if (!dash.empty()) out_ += " stroke-dasharray=\"" + std::string(dash) + "\"";
  out_ += "/>\n";
}

void Svg::polyline(std::string_view points, std::string_view stroke, double width) {
  out_ += "<polyline points=\"" + std::string(points) + "\" fill=\"none\" stroke=\"" + std::string(stroke) +
          "\" stroke-width=\"" + pixels(width) + "\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n";
}

void Svg::circle(double x, double y, double radius, std::string_view fill, std::string_view stroke) {
  out_ += "<circle cx=\"" + pixels(x) + "\" cy=\"" + pixels(y) + "\" r=\"" + pixels(radius) + "\" fill=\"" +
          std::string(fill) + "\" stroke=\"" + std::string(stroke) + "\" stroke-width=\"1.5\"/>\n";
}

void Svg::text(double x, double y, std::string_view text, const TextStyle& style, std::string_view tip) {
  out_ += "<text x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\" font-size=\"" + pixels(style.size) +
          "\" text-anchor=\"" + std::string(style.anchor) + "\" fill=\"" + std::string(style.fill) + "\"";
  if (style.bold) out_ += " font-weight=\"bold\"";
  if (style.turn != 0) out_ += " transform=\"rotate(" + pixels(style.turn) + " " + pixels(x) + " " + pixels(y) + ")\"";
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
