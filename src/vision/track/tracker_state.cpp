// A tracker as JSON. Doubles are written with as many digits as give the same double back.
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "fer/core/text/json.hpp"
#include "vision/track/followed.hpp"

namespace fer::vision {
namespace {

using nlohmann::json;

constexpr int kTrackerSchema = 1;

// Far beyond what pictures of 2^31 pixels a side give, and small enough for all sums and products to stay finite.
constexpr double kFarthest = 1e15;
constexpr double kLargestVariance = 1e30;
constexpr double kLargestLogSize = 25;

json pairJson(const cv::Point2d& pair) {
  return {pair.x, pair.y};
}

cv::Point2d pairOf(const JsonNode& node, double largest) {
  const std::vector<JsonNode> list = node.list();
  if (list.size() != 2) throw node.wrong("two numbers");
  return {list[0].number(-largest, largest), list[1].number(-largest, largest)};
}

Motion readMotion(const JsonNode& node) {
  Motion motion;
  motion.centre = pairOf(node.at("centre"), kFarthest);
  motion.speed = pairOf(node.at("speed"), kFarthest);
  motion.log_size = pairOf(node.at("log_size"), kLargestLogSize);
  motion.centre_variance = node.at("centre_variance").number(0, kLargestVariance);
  motion.speed_variance = node.at("speed_variance").number(0, kLargestVariance);
  const JsonNode covariance = node.at("covariance");
  motion.covariance = covariance.number(0, kLargestVariance);
  constexpr double kRounding = 1 + 1e-9;
  if (motion.covariance > kRounding * std::sqrt(motion.centre_variance * motion.speed_variance))
    throw covariance.wrong("no more than the variances allow");
  motion.size_variance = node.at("size_variance").number(0, kLargestVariance);
  return motion;
}

bool truthOf(const JsonNode& node) {
  if (!node.value().is_boolean()) throw node.wrong("true or false");
  return node.value().get<bool>();
}

}  // namespace

json Tracker::toJson() const {
  json tracks = json::array();
  for (const Followed& one : followed_)
    tracks.push_back({{"id", one.id},
                      {"seen_s", one.seen_s},
                      {"seen", one.seen},
                      {"score", one.score ? json(*one.score) : json()},
                      {"centre", pairJson(one.motion.centre)},
                      {"speed", pairJson(one.motion.speed)},
                      {"log_size", pairJson(one.motion.log_size)},
                      {"centre_variance", one.motion.centre_variance},
                      {"covariance", one.motion.covariance},
                      {"speed_variance", one.motion.speed_variance},
                      {"size_variance", one.motion.size_variance}});
  return {{"schema", kTrackerSchema},
          {"time_s", time_ ? json(*time_) : json()},
          {"next_id", next_id_},
          {"tracks", std::move(tracks)}};
}

Tracker Tracker::fromJson(const TrackerOptions& options, const json& state, const std::string& origin) {
  const JsonNode node(state, origin, "The file is damaged: analyse the video from its beginning.");
  node.schema(kTrackerSchema);
  Tracker tracker(options);
  tracker.next_id_ = node.at("next_id").count<int>();
  if (tracker.next_id_ < 1) throw node.at("next_id").wrong("a number from 1 on");
  if (!node.at("time_s").isNull()) tracker.time_ = node.at("time_s").number();
  int last_id = 0;
  for (const JsonNode& track : node.at("tracks").list()) {
    Followed one;
    one.id = track.at("id").count<int>();
    if (one.id <= last_id || one.id >= tracker.next_id_) throw track.at("id").wrong("ids that rise, below next_id");
    last_id = one.id;
    one.seen_s = track.at("seen_s").number();
    if (!tracker.time_ || one.seen_s > *tracker.time_) throw track.at("seen_s").wrong("a time up to time_s");
    one.seen = truthOf(track.at("seen"));
    if (!track.at("score").isNull()) one.score = static_cast<float>(track.at("score").number(0, 1));
    one.motion = readMotion(track);
    tracker.followed_.push_back(one);
  }
  return tracker;
}

}  // namespace fer::vision
