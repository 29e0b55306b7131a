#include "fer/image/text.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace fer::image {
namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;

int thicknessOf(int height) {
  constexpr int kThinUntil = 12;
  return std::max(1, height / kThinUntil);
}

/// By the capitals' height of the font, which is 21 at scale 1.
double scaleOf(int height) {
  constexpr double kCapitals = 21;
  return height / kCapitals;
}

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;  // UTF-8
}

/// As OpenCV can draw it.
std::string inAscii(const std::string& text) {
  std::string ascii;
  for (const char byte : text)
    if (!continues(byte)) ascii += byte >= ' ' && byte <= '~' ? byte : '?';
  return ascii;
}

}  // namespace

int textWidth(const std::string& text, int height) {
  return cv::getTextSize(inAscii(text), kFont, scaleOf(height), thicknessOf(height), nullptr).width;
}

int lineHeight(int height) {
  constexpr double kWithDescenders = 1.4;
  return cvCeil(height * kWithDescenders) + thicknessOf(height);
}

std::string cutToWidth(const std::string& text, int height, int width) {
  if (textWidth(text, height) <= width) return text;
  std::string cut = inAscii(text);
  while (!cut.empty() && textWidth(cut + ".", height) > width) cut.pop_back();
  while (!cut.empty() && cut.back() == ' ') cut.pop_back();
  return cut.empty() ? cut : cut + ".";
}

void drawText(cv::Mat& picture, const cv::Point& top_left, const std::string& text, int height,
              const cv::Scalar& colour) {
  cv::putText(picture, inAscii(text), {top_left.x, top_left.y + height}, kFont, scaleOf(height), colour,
              thicknessOf(height), cv::LINE_AA);
}

}  // namespace fer::image
