#pragma once

#include <map>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/track/assignment.hpp"

namespace fer::test {

struct Labelled {
  int id = 0;
  cv::Rect2d box;
};

inline double iou(const cv::Rect2d& a, const cv::Rect2d& b) {
  const double common = (a & b).area();
  return common / (a.area() + b.area() - common);
}

/// How well tracks follow people whose places are known, a picture after the other: the CLEAR metrics (Bernardin and
/// Stiefelhagen 2008) and the fragmentations of MOTChallenge. A track follows a person where IoU is 0.5 or more.
class ClearMetrics {
 public:
  void add(const std::vector<Labelled>& people, const std::vector<Labelled>& tracks) {
    std::map<int, int> track_of = pairsThatLast(people, tracks);
    pairTheOthers(people, tracks, track_of);
    people_ += static_cast<int>(people.size());
    followed_ += static_cast<int>(track_of.size());
    false_tracks_ += static_cast<int>(tracks.size() - track_of.size());
    for (const Labelled& person : people) note(person.id, track_of);
  }

  /// Times that a person was followed by another track than before.
  int switches() const { return switches_; }
  /// Times that a person who had been followed, and was then seen without a track, was followed again.
  int fragmentations() const { return fragmentations_; }
  /// Of the people in all pictures, the share that was followed.
  double recall() const { return people_ == 0 ? 1 : static_cast<double>(followed_) / people_; }
  /// Of the tracks in all pictures, the share that followed somebody.
  double precision() const {
    return followed_ + false_tracks_ == 0 ? 1 : static_cast<double>(followed_) / (followed_ + false_tracks_);
  }

  ClearMetrics& operator+=(const ClearMetrics& other) {
    people_ += other.people_;
    followed_ += other.followed_;
    false_tracks_ += other.false_tracks_;
    switches_ += other.switches_;
    fragmentations_ += other.fragmentations_;
    return *this;
  }

 private:
  static constexpr double kLeastIou = 0.5;
  static constexpr double kNever = 1000;  ///< so dear that as many are paired as can be

  struct Person {
    int track = 0;      ///< that followed last
    bool lost = false;  ///< seen without a track since
  };

  /// Who was followed by a track in the picture before goes on to be, where the boxes allow it.
  std::map<int, int> pairsThatLast(const std::vector<Labelled>& people, const std::vector<Labelled>& tracks) const {
    std::map<int, int> track_of;
    for (const Labelled& person : people)
      for (const Labelled& track : tracks) {
        const auto known = known_.find(person.id);
        if (known != known_.end() && known->second.track == track.id && iou(person.box, track.box) >= kLeastIou)
          track_of[person.id] = track.id;
      }
    return track_of;
  }

  static void pairTheOthers(const std::vector<Labelled>& people, const std::vector<Labelled>& tracks,
                            std::map<int, int>& track_of) {
    std::map<int, bool> taken;
    for (const auto& [person, track] : track_of) taken[track] = true;
    cv::Mat1d costs(static_cast<int>(people.size()), static_cast<int>(tracks.size()), kNever);
    for (std::size_t i = 0; i < people.size(); ++i)
      for (std::size_t k = 0; k < tracks.size(); ++k) {
        const double overlap = iou(people[i].box, tracks[k].box);
        if (overlap >= kLeastIou && !track_of.contains(people[i].id) && !taken.contains(tracks[k].id))
          costs(static_cast<int>(i), static_cast<int>(k)) = 1 - overlap;
      }
    const auto columns = vision::assigned(costs, kNever);
    for (std::size_t i = 0; i < people.size(); ++i)
      if (columns[i]) track_of[people[i].id] = tracks[*columns[i]].id;
  }

  void note(int person, const std::map<int, int>& track_of) {
    const auto now = track_of.find(person);
    const auto known = known_.find(person);
    if (now == track_of.end()) {
      if (known != known_.end()) known->second.lost = true;
      return;
    }
    if (known != known_.end() && known->second.track != now->second) ++switches_;
    if (known != known_.end() && known->second.lost) ++fragmentations_;
    known_[person] = {now->second, false};
  }

  int people_ = 0;
  int followed_ = 0;
  int false_tracks_ = 0;
  int switches_ = 0;
  int fragmentations_ = 0;
  std::map<int, Person> known_;
};

}  // namespace fer::test
