#pragma once

#include <array>
#include <cmath>
#include <filesystem>
#include <string>

#include "fer/video/video_writer.hpp"
#include "support/drawn_pictures.hpp"

namespace fer::test {

struct DrawnVideo {
  cv::Size size{320, 240};
  int frames = 30;
  int fps = 10;
  int faces = 2;  ///< side by side, each going up and down a little; at most two fit
};

/// The picture of one frame.
inline cv::Mat drawnFrame(const DrawnVideo& video, int frame) {
  constexpr int kSide = 96;
  constexpr std::array<std::uint32_t, 2> kFound{3, 9};  // both detectors find these
  constexpr int kWay = 20;
  std::vector<DrawnFace> faces;
  for (int i = 0; i < video.faces; ++i) {
    const int x = video.size.width * (2 * i + 1) / (2 * video.faces) - kSide / 2;
    const int y = video.size.height / 2 - kSide / 2 + static_cast<int>(kWay * std::sin(0.2 * frame + i));
    faces.push_back({kFound.at(static_cast<std::size_t>(i)), {x, y}, kSide});
  }
  return pictureOf(video.size, faces);
}

/// A video of drawn faces, as a file.
inline void writeDrawnVideo(const std::filesystem::path& file, const DrawnVideo& video) {
  video::VideoWriter writer(file, video.size, {});
  for (int i = 0; i < video.frames; ++i) writer.write(drawnFrame(video, i), static_cast<double>(i) / video.fps);
  writer.finish();
}

}  // namespace fer::test
