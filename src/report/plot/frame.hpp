#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/plot/axis.hpp"
#include "report/plot/svg.hpp"

namespace fer::report {

/// The page's own colours: they change with its light and dark style (page_style.cpp).
constexpr std::string_view kInk = "currentColor";
constexpr std::string_view kFaintInk = "var(--muted)";
constexpr std::string_view kGridLine = "var(--line)";
constexpr std::string_view kGround = "var(--card)";

/// How the i-th of several things is drawn everywhere on the page: a colour of Okabe and Ito's colour-blind safe
/// palette; after seven the lines are dashed.
struct SeriesStyle {
  std::string colour;
  std::string dash;
};
SeriesStyle seriesStyle(std::size_t index);

/// The plotting area of a diagram: which values lie where.
struct Frame {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
  Axis across;
  Axis up;

  double x(double value) const { return left + width * (value - across.low) / (across.high - across.low); }
  double y(double value) const { return top + height * (up.high - value) / (up.high - up.low); }
};

/// Grid, numbers and the axes' names.
void drawFrame(Svg& svg, const Frame& frame, const std::string& across, const std::string& up);

}  // namespace fer::report
