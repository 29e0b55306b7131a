#include "video/av_pixels.hpp"

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

#include "fer/core/error.hpp"

namespace fer::video {
namespace {

/// The scaler writes whole vectors, so rows need room behind their end.
cv::Mat paddedPicture(cv::Size size) {
  constexpr int kVector = 32;
  const int width = (size.width + kVector - 1) / kVector * kVector;
  return cv::Mat(size.height + 1, width, CV_8UC3)(cv::Rect(cv::Point(0, 0), size));
}

/// The old names of full-range formats, which the scaler warns of, by their new ones.
AVPixelFormat formatOf(const AVFrame& frame) {
  switch (frame.format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    default:
      return static_cast<AVPixelFormat>(frame.format);
  }
}

bool isFullRange(const AVFrame& frame) {
  return frame.color_range == AVCOL_RANGE_JPEG || formatOf(frame) != static_cast<AVPixelFormat>(frame.format);
}

Scaler scalerFor(const AVFrame& frame) {
  Scaler scaler(sws_getContext(frame.width, frame.height, formatOf(frame), frame.width, frame.height, AV_PIX_FMT_BGR24,
                               SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (!scaler) throw dataError("a frame in a pixel format that FFmpeg cannot convert");
  constexpr int kUnchanged = 1 << 16;
  // Where a stream does not say which matrix it uses, SD is BT.601 and HD BT.709, as players take it.
  constexpr int kHd = 720;
  int matrix = frame.colorspace;
  if (matrix == AVCOL_SPC_UNSPECIFIED) matrix = frame.height >= kHd ? SWS_CS_ITU709 : SWS_CS_ITU601;
  const int* coefficients = sws_getCoefficients(matrix);
  sws_setColorspaceDetails(scaler.get(), coefficients, isFullRange(frame) ? 1 : 0, coefficients, 1, 0, kUnchanged,
                           kUnchanged);
  return scaler;
}

}  // namespace

cv::Size AvPixels::size() const {
  const cv::Size size(frame_->width, frame_->height);
  return quarter_turns_ % 2 == 0 ? size : cv::Size(size.height, size.width);
}

cv::Mat AvPixels::toPicture() const {
  cv::Mat picture = paddedPicture({frame_->width, frame_->height});
  const Scaler scaler = scalerFor(*frame_);
  const std::array<std::uint8_t*, 4> rows{picture.data};
  const std::array<int, 4> steps{static_cast<int>(picture.step)};
  sws_scale(scaler.get(), frame_->data, frame_->linesize, 0, frame_->height, rows.data(), steps.data());
  if (quarter_turns_ == 0) return picture;
  constexpr std::array kTurns{cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE};
  cv::Mat upright;
  cv::rotate(picture, upright, kTurns.at(static_cast<std::size_t>(quarter_turns_ - 1)));
  return upright;
}

}  // namespace fer::video
