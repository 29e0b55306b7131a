#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fer/video/frame_source.hpp"

namespace fer::test {

/// A small video of tests/oracles/video_clips.py.
inline std::string clip(const std::string& name) {
  return FER_FIXTURES "/video/" + name;
}

/// What ffprobe says of the frames of each.
inline nlohmann::json clipFrames() {
  return nlohmann::json::parse(std::ifstream(clip("frames.json")));
}

inline std::vector<video::Frame> allFrames(video::FrameSource& source) {
  std::vector<video::Frame> frames;
  while (std::optional<video::Frame> frame = source.next()) frames.push_back(std::move(*frame));
  return frames;
}

inline std::vector<video::Frame> allFrames(const std::string& file) {
  return allFrames(*video::openVideo(file, {}));
}

}  // namespace fer::test
