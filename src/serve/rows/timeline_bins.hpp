#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "fer/report/timeline/timeline.hpp"
#include "fer/serve/frame_result.hpp"

namespace fer::serve {

constexpr std::size_t kMostBins = 2000;     ///< of a source; where they do not suffice they become twice as long
constexpr std::size_t kMostTracks = 1000;   ///< that are remembered; the shortest half of those that ended goes
constexpr std::size_t kMostThumbnails = 4;  ///< of a track
constexpr double kShortestBin = 0.1;        ///< seconds
constexpr double kShortestTrack = 1;        ///< seconds that a track with a lane was seen for

/// What the timeline shows of a source, in memory that does not grow with its length.
class TimelineBins {
 public:
  explicit TimelineBins(std::size_t classes);

  /// A frame and how long it stood.
  void add(const FrameResult& result, double seconds);
  void addThumbnail(int track, std::string png_base64);

  /// Tracks in the order in which they come, of which the `most_lanes` that were seen for longest have lanes. Name and
  /// video are left to the caller.
  report::TimelineSource result(std::size_t most_lanes) const;

 private:
  struct Track {
    double first_s = 0;
    double last_s = 0;
    double seen_s = 0;
    std::vector<double> seconds;  ///< a label each
    std::size_t first_bin = 0;
    std::vector<float> cells;  ///< stride_ a bin: seconds of each label, sums of probability, seconds without label
  };

  void grow(double end_s);
  void doubleBins();
  void addFace(const FaceResult& face, double from_s, double seconds);
  float* cellOf(Track& track, std::size_t bin) const;
  report::TimelineCell cell(const float* sums) const;
  report::TimelineTrack lane(int id, const Track& track) const;
  void forgetShortTracks(double now_s);

  std::size_t classes_;
  std::size_t stride_;
  double bin_s_ = kShortestBin;
  double end_s_ = 0;
  std::vector<double> faces_;    ///< a bin: faces times seconds
  std::vector<double> frame_s_;  ///< a bin: seconds that frames stood
  std::vector<double> seconds_;  ///< a label: of all faces
  std::unordered_map<int, Track> tracks_;
  std::unordered_map<int, std::vector<std::string>> thumbnails_;
  std::int64_t short_tracks_ = 0;  ///< forgotten
  std::int64_t other_tracks_ = 0;  ///< forgotten
};

}  // namespace fer::serve
