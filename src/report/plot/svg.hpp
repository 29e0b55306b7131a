#pragma once

#include <string>
#include <string_view>

namespace fer::report {

/// How a text is set.
struct TextStyle {
  double size = 13;                    ///< pixels
  std::string_view anchor = "middle";  ///< "start", "middle" or "end" of the text stands at the point
  std::string_view fill = "#1f2933";
  bool bold = false;
  double turn = 0;  ///< degrees clockwise around the point
};

/// Builds one self-contained SVG picture: no scripts, no style sheets, no outside fonts. Lengths are pixels.
class Svg {
 public:
  /// A picture file on white. `title` is what screen readers say.
  Svg(double width, double height, std::string_view title);
  /// A picture within a page: as wide as its box, on the page's ground. The description says what the title does not.
  Svg(double width, double height, std::string_view title, std::string_view description);

  /// A `tip` is shown where the pointer rests on it; plain text.
  void rectangle(double x, double y, double width, double height, std::string_view fill, std::string_view tip = "");
  void line(double x1, double y1, double x2, double y2, std::string_view stroke, double width = 1,
            std::string_view dash = "");
  /// `points` is "x,y x,y ..." as point() writes each.
  void polyline(std::string_view points, std::string_view stroke, double width, std::string_view dash = "");
  void polygon(std::string_view points, std::string_view fill, std::string_view stroke, std::string_view tip = "");
  void circle(double x, double y, double radius, std::string_view fill, std::string_view stroke,
              std::string_view tip = "");
  /// `text` is plain; it is escaped here.
  void text(double x, double y, std::string_view text, const TextStyle& style = {}, std::string_view tip = "");

  /// The whole document. To be called once, last.
  std::string finish();

 private:
  std::string out_;
};

/// A length in hundredths of a pixel at most: "12", "12.5".
std::string pixels(double value);
/// "x,y".
std::string point(double x, double y);

/// Pixels that a text takes at a font size, estimated on the wide side, for any common sans-serif.
double textWidth(std::string_view text, double size);

}  // namespace fer::report
