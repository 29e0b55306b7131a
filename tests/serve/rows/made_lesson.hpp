#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/serve/frame_result.hpp"
#include "serve/rows/made_results.hpp"

namespace fer::serve::test {

inline ResultSource sevenEmotions(std::vector<std::string> sources) {
  return {std::move(sources),
          {"angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"},
          "compact.onnx",
          "xnnpack",
          "yunet"};
}

/// A person before a camera: a mood that changes now and then, seen through a smoothed classifier.
class MadePerson {
 public:
  MadePerson(int track, double from_s, double to_s) : track_(track), from_s_(from_s), to_s_(to_s), smoothed_(kClasses) {
    smoothed_.back() = 1;
  }

  bool isThere(double time_s) const { return time_s >= from_s_ && time_s < to_s_; }

  FaceResult look(RandomStream& random, double seconds) {
    constexpr double kMoodSeconds = 14;
    constexpr double kSmoothing = 1.5;
    if (random.uniform() < seconds / kMoodSeconds)
      mood_ = kMoods[random.below(static_cast<std::uint32_t>(std::size(kMoods)))];
    for (std::size_t i = 0; i < kClasses; ++i) {
      const double raw = i == mood_ ? 0.72 + 0.2 * random.uniform() : 0.08 * random.uniform();
      smoothed_[i] += static_cast<float>((raw - smoothed_[i]) * std::min(1.0, seconds / kSmoothing));
    }
    FaceResult face = classifiedFace(track_, smoothed_);
    face.box = {40 * track_, 100, 60, 60};
    return face;
  }

 private:
  static constexpr std::size_t kClasses = 7;
  static constexpr std::size_t kMoods[] = {6, 6, 6, 6, 3, 3, 4, 5, 0, 2, 1};
  int track_;
  double from_s_;
  double to_s_;
  std::size_t mood_ = 6;
  std::vector<float> smoothed_;
};

/// Frames of some people, one of whom leaves for a while, one of whom comes late, and of flickers that are taken for
/// faces; the same for the same numbers.
inline void eachFrame(std::size_t source, double seconds, double frames_a_second,
                      const std::function<void(const FrameResult&)>& take) {
  RandomStream random(7, Purpose::kSynth, static_cast<std::uint32_t>(source));
  std::vector<MadePerson> people{{1, 0, seconds},
                                 {2, 0.02 * seconds, 0.45 * seconds},
                                 {4, 0.5 * seconds, 0.93 * seconds},
                                 {3, 0.3 * seconds, seconds},
                                 {5, 0.62 * seconds, 0.7 * seconds}};
  for (int i = 0; i < static_cast<int>(seconds / 60); ++i) people.emplace_back(6 + i, 60 * i + 20, 60 * i + 20.4);
  const auto frames = static_cast<std::int64_t>(seconds * frames_a_second);
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    const double time_s = static_cast<double>(frame) / frames_a_second;
    FrameResult result = frameOf(source, frame, time_s);
    for (MadePerson& person : people)
      if (person.isThere(time_s)) result.faces.push_back(person.look(random, 1 / frames_a_second));
    take(result);
  }
}

}  // namespace fer::serve::test
