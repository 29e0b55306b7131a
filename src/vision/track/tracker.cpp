#include "fer/vision/tracker.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "vision/track/assignment.hpp"
#include "vision/track/followed.hpp"

namespace fer::vision {
namespace {

/// Pairs with a DIoU at or below it are not made. Of two squares of one size side by side, a gap of half a side between
/// them, it is -0.3.
constexpr double kLeastOverlap = -0.3;

/// Nor are pairs as surprising as this: a face is likelier new or false then.
constexpr double kMostSurprise = 6;

/// A track hidden for longer is not found again by a face that is less than sure: it would take a false one too often.
constexpr double kUnsureSeconds = 0.5;

constexpr double kLongestKept = 3600;

cv::Rect2d precise(const cv::Rect& box) {
  return {static_cast<double>(box.x), static_cast<double>(box.y), static_cast<double>(box.width),
          static_cast<double>(box.height)};
}

double distanceIou(const cv::Rect2d& a, const cv::Rect2d& b) {
  const double common = (a & b).area();
  const cv::Rect2d both = a | b;
  const cv::Point2d apart = (a.tl() + a.br() - b.tl() - b.br()) / 2;
  return common / (a.area() + b.area() - common) -
         apart.dot(apart) / (both.width * both.width + both.height * both.height);
}

double costOf(const Motion& expected, const Face& face) {
  const cv::Rect2d box = precise(face.box);
  return distanceIou(expected.box(), box) > kLeastOverlap ? surprise(expected, box) : kMostSurprise;
}

}  // namespace

Tracker::Tracker(const TrackerOptions& options) : options_(options) {
  const bool scores = options.candidate_score >= 0 && options.candidate_score <= options.new_track_score &&
                      options.new_track_score <= 1;
  const bool seconds = options.keep_seconds >= 0 && options.keep_seconds <= kLongestKept;
  if (!scores || !seconds || options.most_tracks.value_or(1) < 1)
    throw std::invalid_argument("a tracker's options are out of bounds");
}

Tracker::Tracker(Tracker&& other) noexcept = default;
Tracker& Tracker::operator=(Tracker&& other) noexcept = default;
Tracker::~Tracker() = default;

std::vector<Track> Tracker::update(double time_s, const std::vector<Face>& faces) {
  for (const Face& face : faces)
    if (face.box.empty()) throw std::invalid_argument("a tracker takes no face with an empty box");
  advance(time_s);
  std::erase_if(followed_, [&](const Followed& one) { return time_s - one.seen_s > options_.keep_seconds; });
  for (Followed& one : followed_) one.seen = false;

  std::vector<const Face*> sure;
  std::vector<const Face*> less_sure;
  for (const Face& face : faces) {
    const float score = face.score.value_or(1);
    if (score >= options_.new_track_score)
      sure.push_back(&face);
    else if (score >= options_.candidate_score)
      less_sure.push_back(&face);
  }
  const std::vector<const Face*> unknown = match(time_s, sure, options_.keep_seconds);
  match(time_s, less_sure, kUnsureSeconds);
  for (const Face* face : unknown) start(time_s, *face);
  return seenAt(time_s);
}

std::vector<Track> Tracker::predict(double time_s) {
  advance(time_s);
  std::vector<Track> tracks = seenAt(time_s);
  for (Track& track : tracks) track.score.reset();
  return tracks;
}

std::vector<int> Tracker::kept() const {
  std::vector<int> ids;
  ids.reserve(followed_.size());
  for (const Followed& one : followed_) ids.push_back(one.id);
  return ids;
}

void Tracker::forget() {
  followed_.clear();
}

void Tracker::advance(double time_s) {
  if (!std::isfinite(time_s) || (time_ && time_s < *time_))
    throw std::invalid_argument("a tracker's times must be finite and not decrease");
  time_ = time_s;
}

std::vector<const Face*> Tracker::match(double time_s, const std::vector<const Face*>& faces, double longest_hidden) {
  std::vector<Followed*> open;
  for (Followed& one : followed_)
    if (!one.seen && time_s - one.seen_s <= longest_hidden) open.push_back(&one);
  cv::Mat1d costs(static_cast<int>(open.size()), static_cast<int>(faces.size()));
  std::vector<Motion> expected;
  for (int row = 0; row < costs.rows; ++row) {
    const Followed& one = *open[static_cast<std::size_t>(row)];
    expected.push_back(after(one.motion, time_s - one.seen_s));
    for (int column = 0; column < costs.cols; ++column)
      costs(row, column) = costOf(expected.back(), *faces[static_cast<std::size_t>(column)]);
  }

  std::vector<const Face*> unknown = faces;
  const auto columns = assigned(costs, kMostSurprise);
  for (std::size_t row = 0; row < open.size(); ++row) {
    if (!columns[row]) continue;
    const Face& face = *faces[*columns[row]];
    *open[row] = {open[row]->id, corrected(expected[row], precise(face.box)), time_s, true, face.score};
    unknown[*columns[row]] = nullptr;
  }
  std::erase(unknown, nullptr);
  return unknown;
}

void Tracker::start(double time_s, const Face& face) {
  if (options_.most_tracks && followed_.size() >= static_cast<std::size_t>(*options_.most_tracks)) return;
  followed_.push_back({next_id_++, motionOf(precise(face.box)), time_s, true, face.score});
}

std::vector<Track> Tracker::seenAt(double time_s) const {
  std::vector<Track> tracks;
  for (const Followed& one : followed_)
    if (one.seen && time_s - one.seen_s <= options_.keep_seconds)
      tracks.push_back({one.id, after(one.motion, time_s - one.seen_s).box(), one.score});
  return tracks;
}

}  // namespace fer::vision
