#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "fer/vision/tracker.hpp"
#include "support/error_of.hpp"
#include "vision/track/faulty_detector.hpp"

namespace fer::vision {
namespace {

using namespace fer::test;
using nlohmann::json;
using testing::HasSubstr;

/// Six faces that cross, are missed and made up.
Scene busyScene(std::uint32_t seed) {
  RandomStream random(seed, Purpose::kSynth);
  Scene scene;
  for (int id = 1; id <= 6; ++id) {
    Walker one;
    one.id = id;
    one.to_s = 20;
    one.start = {random.uniform(100, 540), random.uniform(100, 380)};
    one.speed = {random.uniform(-30, 30), random.uniform(-20, 20)};
    one.width = random.uniform(40, 120);
    one.sines = sinesOf(random);
    scene.push_back(one);
  }
  return scene;
}

/// The frames from one on, detection in every third, as text in which a bit's difference shows.
std::string rowsFrom(Tracker& tracker, const Scene& scene, int first, int end) {
  std::string rows;
  for (int frame = first; frame < end; ++frame) {
    const double time_s = frame * 1001 / 30000.0;
    RandomStream random(7, Purpose::kSynth, 0, static_cast<std::uint32_t>(frame));
    const std::vector<Track> tracks =
        frame % 3 == 0 ? tracker.update(time_s, detected(visible(scene, time_s), {}, random)) : tracker.predict(time_s);
    for (const Track& track : tracks)
      rows += std::to_string(frame) + " " + std::to_string(track.id) +
              json({track.box.x, track.box.y, track.box.width, track.box.height, track.score.value_or(-1)}).dump() +
              "\n";
  }
  return rows;
}

TEST(TrackerState, RestoredFromTextItDoesTheSameToTheBit) {
  constexpr int kFrames = 300;
  for (std::uint32_t seed = 0; seed < 3; ++seed) {
    const Scene scene = busyScene(seed);
    Tracker whole;
    ASSERT_GT(rowsFrom(whole, scene, 0, kFrames).size(), 50'000U);
    RandomStream random(seed, Purpose::kSynth, 1);
    for (int cut = 0; cut < 12; ++cut) {
      const int at = cut == 0 ? 0 : static_cast<int>(random.below(kFrames - 10));
      Tracker tracker;
      rowsFrom(tracker, scene, 0, at);
      const std::string text = tracker.toJson().dump();
      Tracker restored = Tracker::fromJson({}, json::parse(text), "state.json");
      EXPECT_EQ(restored.toJson().dump(), text);
      const std::string rows = rowsFrom(tracker, scene, at, kFrames);
      EXPECT_EQ(rowsFrom(restored, scene, at, kFrames), rows) << "cut at " << at;
      EXPECT_EQ(restored.toJson().dump(), tracker.toJson().dump());
    }
  }
}

TEST(TrackerState, OfNewTrackersAndThoseThatForgot) {
  Tracker tracker;
  EXPECT_EQ(tracker.toJson(), json::parse(R"({"schema": 1, "time_s": null, "next_id": 1, "tracks": []})"));
  tracker.update(1, {{{1, 2, 30, 40}, std::nullopt, std::nullopt}});
  tracker.forget();
  EXPECT_EQ(tracker.toJson(), json::parse(R"({"schema": 1, "time_s": 1.0, "next_id": 2, "tracks": []})"));
}

TEST(TrackerState, ThatIsDamagedIsRefusedByItsKey) {
  Tracker tracker;
  tracker.update(1, {{{1, 2, 30, 40}, 0.9F, std::nullopt}, {{200, 2, 30, 40}, std::nullopt, std::nullopt}});
  const json good = tracker.toJson();
  const struct {
    const char* pointer;
    json value;
    const char* message;
  } cases[] = {
      {"/schema", 2, "schema 2 was written by a newer fer"},
      {"/schema", "1", "schema: expected a whole number"},
      {"/next_id", 0, "next_id: expected a number from 1 on"},
      {"/next_id", 2, "tracks[1].id: expected ids that rise, below next_id, found 2"},
      {"/time_s", "now", "time_s: expected a number"},
      {"/time_s", nullptr, "tracks[0].seen_s: expected a time up to time_s"},
      {"/tracks", 5, "tracks: expected a list"},
      {"/tracks/0/id", 0, "tracks[0].id: expected ids that rise"},
      {"/tracks/0/id", 2, "tracks[1].id: expected ids that rise"},
      {"/tracks/0/seen_s", 1.5, "tracks[0].seen_s: expected a time up to time_s, found 1.5"},
      {"/tracks/0/seen", 1, "tracks[0].seen: expected true or false, found 1"},
      {"/tracks/0/score", 1.5, "tracks[0].score: expected a number from 0 to 1"},
      {"/tracks/0/centre", json::array({1}), "tracks[0].centre: expected two numbers"},
      {"/tracks/0/centre/1", 1e300, "tracks[0].centre[1]: expected a number"},
      {"/tracks/0/log_size/0", 1000, "tracks[0].log_size[0]: expected a number from -25 to 25"},
      {"/tracks/0/covariance", -1, "tracks[0].covariance: expected a number from 0"},
      {"/tracks/0/covariance", 1e9, "tracks[0].covariance: expected no more than the variances allow"},
      {"/tracks/0/speed_variance", -1, "tracks[0].speed_variance: expected a number from 0"},
  };
  for (const auto& [pointer, value, message] : cases) {
    json bad = good;
    bad[json::json_pointer(pointer)] = value;
    const std::string error = errorOf(Fault::kData, [&] { Tracker::fromJson({}, bad, "state.json"); });
    EXPECT_THAT(error, HasSubstr(message));
    EXPECT_THAT(error, testing::StartsWith("state.json: "));
  }
  json bad = good;
  bad["tracks"][0].erase("speed");
  EXPECT_THAT(errorOf(Fault::kData, [&] { Tracker::fromJson({}, bad, "state.json"); }),
              HasSubstr("tracks[0].speed: missing"));
}

}  // namespace
}  // namespace fer::vision
