#pragma once

#include <nlohmann/json_fwd.hpp>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fer/vision/detector.hpp"

namespace fer::vision {

struct TrackerOptions {
  float candidate_score = kMinScore;  ///< 0..1; faces below it are ignored
  float new_track_score = 0.8F;       ///< 0..1, >= candidate_score; only faces from it on start a track
  double keep_seconds = 2;            ///< 0..3600; an id is kept so long after its face was last seen
  std::optional<int> most_tracks{};   ///< >= 1, hidden ones counted; faces beyond start none. Nothing: no limit
};

/// A face that is seen and known from earlier pictures.
struct Track {
  int id = 0;  ///< from 1 up; never used for another track
  /// Pixels, never empty. What the motion model makes of all detections so far, which is steadier than the last one and
  /// meant to be cut out; it may reach beyond the picture or, predicted, lie outside.
  cv::Rect2f box;
  std::optional<float> score;  ///< the detector's for this picture; nothing where it gave none, or none was asked
};

/// Gives the faces of one stream ids that last. One thread at a time.
///
/// After ByteTrack (Zhang et al., ECCV 2022): faces that are surely faces are matched with the tracks first, those less
/// sure with what is left; only sure ones start tracks. A face without a score (haar) is sure. A Kalman filter says
/// where each track ought to be: its centre moves at constant speed with white noise as acceleration, its size stays
/// but for a random walk, all in seconds and sizes of the face, so that neither frame rate nor resolution matter. A
/// pair can be made where IoU, less the squared distance of the centres over the squared diagonal of the box about both
/// (DIoU; Zheng et al., AAAI 2020), is above -0.3. Of all ways to make pairs the likeliest under the filters is taken,
/// so that of two tracks near a face the one that was surer of its place gets it: hidden tracks stand back.
///
/// Both calls throw std::invalid_argument for a time that is not finite or lies before that of the call before it.
class Tracker {
 public:
  /// Throws std::invalid_argument for options outside of their bounds.
  explicit Tracker(const TrackerOptions& options = {});
  Tracker(Tracker&& other) noexcept;
  Tracker& operator=(Tracker&& other) noexcept;
  ~Tracker();

  /// A picture in which faces were looked for: its time in seconds, and what a Detector found, with none of its faces
  /// left out. Returns the tracks seen in it, by id. Throws std::invalid_argument for an empty box.
  std::vector<Track> update(double time_s, const std::vector<Face>& faces);

  /// A picture in which none were looked for: where the tracks of the last update() ought to be now, by id. What
  /// update() returns later does not depend on whether, and how often, this was called between.
  std::vector<Track> predict(double time_s);

  /// The ids, rising, of all tracks that may be seen again: those of the last update() and the hidden ones. What is
  /// kept elsewhere about other ids can be dropped.
  std::vector<int> kept() const;

  /// Ends all tracks, as for a stream whose pictures changed their size. Ids and time go on.
  void forget();

  /// All it knows but for its options. A tracker made of it, by way of text as well, does to the bit what this one
  /// would have done.
  nlohmann::json toJson() const;

  /// Throws Error (bad data), naming `origin` and the key, where the JSON is not what toJson() gives.
  static Tracker fromJson(const TrackerOptions& options, const nlohmann::json& state, const std::string& origin);

 private:
  struct Followed;

  void advance(double time_s);
  /// Pairs unseen tracks, hidden for so many seconds at most, with faces; returns the faces left over.
  std::vector<const Face*> match(double time_s, const std::vector<const Face*>& faces, double longest_hidden);
  void start(double time_s, const Face& face);
  std::vector<Track> seenAt(double time_s) const;

  TrackerOptions options_;
  std::vector<Followed> followed_;  ///< by id
  int next_id_ = 1;
  std::optional<double> time_;  ///< of the last call
};

}  // namespace fer::vision
