#include "serve/rows/timeline_bins.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace fer::serve {
namespace {

/// Calls with each bin that the time from `from_s` on lies in, and the seconds within it.
void spread(double from_s, double seconds, double bin_s, const std::function<void(std::size_t, double)>& take) {
  const double end_s = from_s + seconds;
  for (auto bin = static_cast<std::size_t>(from_s / bin_s); from_s < end_s; ++bin) {
    const double next_s = std::min(end_s, static_cast<double>(bin + 1) * bin_s);
    if (next_s > from_s) take(bin, next_s - from_s);
    from_s = std::max(from_s, next_s);
  }
}

/// Adds each second of two neighbours to the first: half as many, of `stride` values each. `first` is the number of the
/// first: an odd one has no neighbour before it.
template <class Number>
void mergePairs(std::vector<Number>& values, std::size_t stride, std::size_t first) {
  const std::size_t count = values.size() / stride;
  std::vector<Number> merged(((first + count + 1) / 2 - first / 2) * stride);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = 0; k < stride; ++k)
      merged[((first + i) / 2 - first / 2) * stride + k] += values[i * stride + k];
  values = std::move(merged);
}

void addTo(std::vector<double>& values, std::size_t bin, double amount) {
  if (bin >= values.size()) values.resize(bin + 1);
  values[bin] += amount;
}

}  // namespace

TimelineBins::TimelineBins(std::size_t classes) : classes_(classes), stride_(2 * classes + 1), seconds_(classes) {}

void TimelineBins::add(const FrameResult& result, double seconds) {
  const double from_s = std::max(0.0, result.time_s);
  grow(from_s + seconds);
  spread(from_s, seconds, bin_s_, [&](std::size_t bin, double part) {
    addTo(faces_, bin, part * static_cast<double>(result.faces.size()));
    addTo(frame_s_, bin, part);
  });
  for (const FaceResult& face : result.faces) addFace(face, from_s, seconds);
  if (tracks_.size() > kMostTracks) forgetShortTracks(from_s);
}

void TimelineBins::addThumbnail(int track, std::string png_base64) {
  std::vector<std::string>& kept = thumbnails_[track];
  if (kept.size() < kMostThumbnails) kept.push_back(std::move(png_base64));
}

void TimelineBins::grow(double end_s) {
  end_s_ = std::max(end_s_, end_s);
  while (end_s_ > bin_s_ * kMostBins) doubleBins();
}

void TimelineBins::doubleBins() {
  bin_s_ *= 2;
  mergePairs(faces_, 1, 0);
  mergePairs(frame_s_, 1, 0);
  for (auto& [id, track] : tracks_) {
    mergePairs(track.cells, stride_, track.first_bin);
    track.first_bin /= 2;
  }
}

float* TimelineBins::cellOf(Track& track, std::size_t bin) const {
  if (track.cells.empty()) track.first_bin = bin;
  if (bin < track.first_bin) {  // a time that goes back
    track.cells.insert(track.cells.begin(), (track.first_bin - bin) * stride_, 0.0F);
    track.first_bin = bin;
  }
  const std::size_t at = (bin - track.first_bin) * stride_;
  if (at >= track.cells.size()) track.cells.resize(at + stride_);
  return track.cells.data() + at;
}

void TimelineBins::addFace(const FaceResult& face, double from_s, double seconds) {
  const auto [found, fresh] = tracks_.try_emplace(face.track);
  Track& track = found->second;
  if (fresh) {
    track.first_s = from_s;
    track.seconds.resize(classes_);
  }
  track.last_s = from_s;
  track.seen_s += seconds;
  if (face.label >= 0) {
    track.seconds[static_cast<std::size_t>(face.label)] += seconds;
    seconds_[static_cast<std::size_t>(face.label)] += seconds;
  }
  spread(from_s, seconds, bin_s_, [&](std::size_t bin, double part) {
    float* const sums = cellOf(track, bin);
    const auto weight = static_cast<float>(part);
    if (face.label < 0) {
      sums[2 * classes_] += weight;
      return;
    }
    const auto label = static_cast<std::size_t>(face.label);
    sums[label] += weight;
    sums[classes_ + label] += weight * face.smoothed[label];
  });
}

void TimelineBins::forgetShortTracks(double now_s) {
  constexpr double kEnded = 5;  // seconds without being seen
  std::vector<std::pair<double, int>> ended;
  for (const auto& [id, track] : tracks_)
    if (track.last_s < now_s - kEnded) ended.emplace_back(track.seen_s, id);
  std::sort(ended.begin(), ended.end());
  ended.resize(std::min(ended.size(), kMostTracks / 2));
  for (const auto& [seen_s, id] : ended) {
    ++(seen_s < kShortestTrack ? short_tracks_ : other_tracks_);
    tracks_.erase(id);
    thumbnails_.erase(id);
  }
}

report::TimelineCell TimelineBins::cell(const float* sums) const {
  const auto* const most = std::max_element(sums, sums + classes_);
  if (*most > 0) return {true, static_cast<int>(most - sums), most[classes_] / *most};
  return {sums[2 * classes_] > 0, -1, 0};
}

report::TimelineTrack TimelineBins::lane(int id, const Track& track) const {
  report::TimelineTrack lane{id, track.first_s, track.last_s, track.seen_s, track.seconds, track.first_bin, {}, {}};
  for (std::size_t at = 0; at < track.cells.size(); at += stride_) lane.cells.push_back(cell(track.cells.data() + at));
  if (const auto found = thumbnails_.find(id); found != thumbnails_.end()) lane.thumbnails = found->second;
  return lane;
}

report::TimelineSource TimelineBins::result(std::size_t most_lanes) const {
  report::TimelineSource source;
  source.bin_s = bin_s_;
  source.end_s = end_s_;
  source.seconds = seconds_;
  source.short_tracks = short_tracks_;
  source.other_tracks = other_tracks_;
  for (std::size_t bin = 0; bin < frame_s_.size(); ++bin)
    source.faces.push_back(frame_s_[bin] > 0 ? faces_[bin] / frame_s_[bin] : std::numeric_limits<double>::quiet_NaN());
  std::vector<std::pair<double, int>> longest;
  for (const auto& [id, track] : tracks_) {
    if (track.seen_s >= kShortestTrack)
      longest.emplace_back(-track.seen_s, id);
    else
      ++source.short_tracks;
  }
  std::sort(longest.begin(), longest.end());
  source.other_tracks += static_cast<std::int64_t>(longest.size() - std::min(longest.size(), most_lanes));
  longest.resize(std::min(longest.size(), most_lanes));
  for (const auto& [seen_s, id] : longest) source.tracks.push_back(lane(id, tracks_.at(id)));
  std::sort(source.tracks.begin(), source.tracks.end(),
            [](const auto& a, const auto& b) { return std::pair(a.first_s, a.id) < std::pair(b.first_s, b.id); });
  return source;
}

}  // namespace fer::serve
