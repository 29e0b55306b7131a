#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "fer/serve/frame_result.hpp"

namespace fer::serve::test {

inline ResultSource twoSources() {
  return {{"lesson, 1.mp4", "camera 0"}, {"angry", "happy", "neutral"}, "compact.onnx", "xnnpack", "yunet"};
}

/// 2026-01-02 03:04:05.678 UTC and so many milliseconds.
inline std::chrono::system_clock::time_point wallTime(std::int64_t milliseconds = 0) {
  constexpr std::int64_t kStart = 1767323045678;
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(kStart + milliseconds));
}

/// A face that was classified, and whose smoothed probabilities are those of this frame.
inline FaceResult classifiedFace(int track, std::vector<float> probabilities) {
  FaceResult face;
  face.track = track;
  face.box = {10 * track, 20, 30, 40};
  face.score = 0.9F;
  face.smoothed = probabilities;
  face.label = static_cast<int>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
  face.probabilities = std::move(probabilities);
  return face;
}

/// The same face in a frame in which it was only tracked.
inline FaceResult trackedFace(FaceResult face) {
  face.score.reset();
  face.probabilities.clear();
  return face;
}

inline FrameResult frameOf(std::size_t source, std::int64_t frame, double time_s, std::vector<FaceResult> faces = {}) {
  return {source, frame, time_s, wallTime(static_cast<std::int64_t>(time_s * 1000)), {640, 480}, std::move(faces)};
}

/// Two sources, mixed: frames without a face, with one that is not classified yet, with two.
inline std::vector<FrameResult> someResults() {
  const FaceResult happy = classifiedFace(1, {0.1F, 0.7F, 0.2F});
  FaceResult dark = classifiedFace(2, {0.625F, 0.25F, 0.125F});
  dark.dark = true;
  FaceResult fresh;
  fresh.track = 3;
  fresh.box = {0, 0, 1, 480};
  fresh.blurred = true;
  return {
      frameOf(0, 0, 0),
      frameOf(0, 1, 0.04, {happy, dark}),
      frameOf(1, 5, 12.345678, {fresh}),
      frameOf(0, 2, 0.08, {trackedFace(happy), trackedFace(dark)}),
      frameOf(1, 6, 12.4),
      frameOf(0, 3, 0.12, {classifiedFace(1, {1e-9F, 1 / 3.0F, 2 / 3.0F}), dark, fresh}),
  };
}

}  // namespace fer::serve::test
