// How well people are followed whose places are known. Each test prints what it measured, a line for each way to watch.
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <iostream>

#include "fer/vision/tracker.hpp"
#include "vision/track/clear_metrics.hpp"
#include "vision/track/faulty_detector.hpp"
#include "vision/track/scene.hpp"

namespace fer::vision {
namespace {

using namespace fer::test;

constexpr std::uint32_t kScenes = 200;

/// Faces are looked for in every `every`th of the pictures, and predicted in the others.
struct Watching {
  const char* name;
  int every = 1;
  bool irregular = false;  ///< pictures come 8 to 72 ms after another, and one in 50 is 0.3 s late; else every 40 ms
};

constexpr Watching kWatching[] = {
    {"25 Hz"}, {"8 Hz", 3}, {"5 Hz", 5}, {"irregular, 24 Hz", 1, true}, {"irregular, 7 Hz", 3, true}};

double nextTime(double time_s, const Watching& watching, RandomStream& random) {
  constexpr double kFrame = 0.04;
  if (!watching.irregular) return time_s + kFrame;
  const double late = random.below(50) == 0 ? 0.3 : 0;
  return time_s + random.uniform(0.2, 1.8) * kFrame + late;
}

ClearMetrics watch(const Scene& scene, const Watching& watching, const Errors& errors, std::uint32_t seed) {
  RandomStream random(seed, Purpose::kSynth, 1);
  Tracker tracker;
  ClearMetrics metrics;
  double end_s = 0;
  for (const Walker& walker : scene) end_s = std::max(end_s, walker.to_s);
  int picture = 0;
  double time_s = 0;
  while (time_s < end_s) {
    const std::vector<Labelled> people = visible(scene, time_s);
    const std::vector<Track> tracks = picture++ % watching.every == 0
                                          ? tracker.update(time_s, detected(people, errors, random))
                                          : tracker.predict(time_s);
    std::vector<Labelled> found;
    found.reserve(tracks.size());
    for (const Track& track : tracks) found.push_back({track.id, cv::Rect2d(track.box)});
    metrics.add(people, found);
    time_s = nextTime(time_s, watching, random);
  }
  return metrics;
}

/// kScenes scenes of a kind, watched one way; prints switches and fragmentations in 20 of what a scene has `events` of.
ClearMetrics watchAll(const char* kind, const std::function<Scene(std::uint32_t)>& scene, const Watching& watching,
                      const Errors& errors, int events) {
  ClearMetrics all;
  for (std::uint32_t seed = 0; seed < kScenes; ++seed) all += watch(scene(seed), watching, errors, seed);
  const double scale = 20.0 / (kScenes * events);
  char line[200];
  std::snprintf(line, sizeof line,
                "%-26s %-17s in 20: %5.2f switches, %6.1f fragmentations; recall %.3f, precision %.3f", kind,
                watching.name, all.switches() * scale, all.fragmentations() * scale, all.recall(), all.precision());
  std::cout << line << "\n";
  return all;
}

Walker walker(int id, double from_s, double to_s, RandomStream& random) {
  Walker one;
  one.id = id;
  one.from_s = from_s;
  one.to_s = to_s;
  one.sines = sinesOf(random);
  return one;
}

/// Two faces meet from left and right, at 40 to 200 pixels a second each, 50 to 110 wide: the smaller passes behind.
Scene crossing(std::uint32_t seed) {
  RandomStream random(seed, Purpose::kSynth, 2);
  const double meet_s = random.uniform(2, 3);
  const cv::Point2d meet(random.uniform(260, 380), random.uniform(150, 330));
  Scene scene;
  for (const int to : {1, -1}) {
    Walker one = walker(static_cast<int>(scene.size()) + 1, 0, 5, random);
    one.width = random.uniform(50, 110);
    one.speed = {to * random.uniform(40, 200), random.uniform(-15, 15)};
    const cv::Point2d beside(0, random.uniform(-0.2, 0.2) * one.width);
    one.start = meet + beside - meet_s * one.speed;
    scene.push_back(one);
  }
  if (scene[0].width > scene[1].width) std::swap(scene[0], scene[1]);
  return scene;
}

/// Three faces apart, that move a little; each is hidden twice for a whole second.
Scene hiding(std::uint32_t seed) {
  RandomStream random(seed, Purpose::kSynth, 3);
  Scene scene;
  for (int id = 1; id <= 3; ++id) {
    Walker one = walker(id, 0, 8, random);
    one.start = {200.0 * id - 80, random.uniform(150, 330)};
    one.speed = {random.uniform(-15, 15), random.uniform(-15, 15)};
    one.width = random.uniform(50, 100);
    for (const double at : {2.0, 5.0}) {
      const double from_s = at + random.uniform(0, 0.8);
      one.hidden.emplace_back(from_s, from_s + 1);
    }
    scene.push_back(one);
  }
  return scene;
}

/// Three lanes in which one face after the other comes in at one side and leaves at the other.
Scene passing(std::uint32_t seed) {
  constexpr double kEnd = 10;
  RandomStream random(seed, Purpose::kSynth, 4);
  Scene scene;
  for (int lane = 0; lane < 3; ++lane) {
    const double width = random.uniform(60, 110);
    const double speed = random.uniform(60, 200);
    const bool to_right = random.below(2) == 0;
    const double takes = (kScenePicture.width + 2 * width) / speed;
    double at = random.uniform(0, 1);
    while (at < kEnd) {
      Walker one = walker(static_cast<int>(scene.size()) + 1, at, std::min(at + takes, kEnd), random);
      one.width = width;
      one.start = {to_right ? -width : kScenePicture.width + width, 80.0 + 160 * lane};
      one.speed = {to_right ? speed : -speed, 0};
      scene.push_back(one);
      at += 3 * width / speed + random.uniform(0, 1);
    }
  }
  return scene;
}

/// Four faces that stay where they are and move fast about it: 2 widths a second.
Scene swaying(std::uint32_t seed) {
  RandomStream random(seed, Purpose::kSynth, 5);
  Scene scene;
  for (int id = 1; id <= 4; ++id) {
    Walker one = walker(id, 0, 10, random);
    one.start = {160.0 * id - 80, random.uniform(120, 360)};
    one.width = random.uniform(50, 80);
    one.growth = random.uniform(-0.04, 0.04);
    one.sway = 0.2;
    one.sines = sinesOf(random, 1);
    scene.push_back(one);
  }
  return scene;
}

/// In 20 of something at most so many switches, and of the people at least so many followed: of 100 found faces 95 are
/// there, and after a miss or an entry the next detection must come first.
void expectGood(const ClearMetrics& metrics, double switches, int events, double recall) {
  EXPECT_LE(metrics.switches(), switches * kScenes * events / 20);
  EXPECT_GE(metrics.recall(), recall);
  EXPECT_GE(metrics.precision(), 0.95);
}

TEST(TrackedScenes, FacesThatCrossKeepTheirIds) {
  for (const Watching& watching : kWatching) {
    // Where half a second may lie between detections, faces that lie over one another when one comes are confused.
    const double most = watching.irregular && watching.every > 1 ? 2 : 1;
    expectGood(watchAll("crossing", &crossing, watching, {}, 1), most, 1, 0.91);
  }
}

TEST(TrackedScenes, FacesHiddenForASecondKeepTheirIds) {
  for (const Watching& watching : kWatching)
    expectGood(watchAll("hidden for 1 s", &hiding, watching, {}, 6), 1, 6, 0.90);
}

TEST(TrackedScenes, FacesThatComeAndGoGetOneIdEach) {
  for (const Watching& watching : kWatching)
    expectGood(watchAll("coming and going", &passing, watching, {}, 20), 0.2, 20, 0.89);
}

TEST(TrackedScenes, FacesThatMoveFastKeepTheirIds) {
  for (const Watching& watching : kWatching) expectGood(watchAll("swaying", &swaying, watching, {}, 4), 1, 4, 0.90);
}

TEST(TrackedScenes, ADetectorWithoutScoresThatErrsMoreMayDoMoreWrong) {
  Errors errors;
  errors.missed = 0.15;
  errors.false_faces = 0.05;
  errors.scores = false;
  for (const Watching& watching : {kWatching[0], kWatching[2]}) {
    EXPECT_LE(watchAll("crossing, no scores", &crossing, watching, errors, 1).switches(), 4 * kScenes / 20);
    EXPECT_LE(watchAll("hidden 1 s, no scores", &hiding, watching, errors, 6).switches(), 3 * kScenes * 6 / 20);
  }
}

}  // namespace
}  // namespace fer::vision
