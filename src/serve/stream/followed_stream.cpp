#include "serve/stream/followed_stream.hpp"

#include <algorithm>
#include <utility>

#include "fer/core/text/json.hpp"
#include "fer/image/preprocess.hpp"
#include "fer/vision/box.hpp"
#include "fer/vision/light.hpp"

namespace fer::serve {

FollowedStream::FollowedStream(std::size_t source, const PipelineOptions& options, const data::Preprocess& preprocess)
    : source_(source), options_(options.tracker), preprocess_(preprocess), tracker_(options.tracker) {}

Followed FollowedStream::follow(LookedAt seen, double classification_period_s) {
  const video::Frame& frame = seen.ticket.frame;
  detection_ = seen.ticket.next_detection;
  startAnewWhereSizeChanged(frame.size());
  const std::vector<vision::Track> tracks =
      seen.found ? tracker_.update(frame.time_s, *seen.found) : tracker_.predict(frame.time_s);
  Followed followed;
  FrameResult& result = followed.frame.result;
  result.source = source_;
  result.frame = frame.index;
  result.time_s = frame.time_s;
  result.wall_time = frame.wall_time;
  result.size = frame.size();
  for (const vision::Track& track : tracks)
    if (const std::optional<cv::Rect> box = vision::onPicture(track.box, frame.size())) {
      FaceResult face;
      face.track = track.id;
      face.box = *box;
      face.score = track.score;
      result.faces.push_back(std::move(face));
    }
  followed.frame.frame = std::move(seen.ticket.frame);
  followed.frame.picture = std::move(seen.picture);
  classifyWhereDue(followed, classification_period_s);
  return followed;
}

void FollowedStream::classifyWhereDue(Followed& followed, double period_s) {
  AnalysedFrame& frame = followed.frame;
  for (std::size_t i = 0; i < frame.result.faces.size(); ++i) {
    FaceResult& face = frame.result.faces[i];
    if (!classification_[face.track].take(frame.result.time_s, period_s)) continue;
    if (frame.picture.empty()) frame.picture = frame.frame.picture();
    const vision::Light light = vision::lightOf(frame.picture(face.box));
    face.dark = light.low_light;
    face.blurred = light.blurred;
    followed.crops.push_back({i, image::preprocess(preprocess_, frame.picture, face.box)});
  }
  followed.tracks = tracker_.kept();
  std::erase_if(classification_, [&](const auto& entry) {
    return !std::binary_search(followed.tracks.begin(), followed.tracks.end(), entry.first);
  });
}

void FollowedStream::startAnewWhereSizeChanged(cv::Size size) {
  if (size_ != cv::Size() && size_ != size) tracker_.forget();
  size_ = size;
}

nlohmann::json FollowedStream::state() const {
  nlohmann::json rates = nlohmann::json::array();
  for (const auto& [track, rate] : classification_) rates.push_back({track, rate.next()});
  return {{"tracker", tracker_.toJson()},
          {"width", size_.width},
          {"height", size_.height},
          {"next_detection", detection_.next()},
          {"next_classifications", rates}};
}

void FollowedStream::restore(const nlohmann::json& state) {
  tracker_ = vision::Tracker::fromJson(options_, state.at("tracker"), "state");
  size_ = {state.at("width").get<int>(), state.at("height").get<int>()};
  detection_ = Rate(state.at("next_detection").get<double>());
  for (const nlohmann::json& entry : state.at("next_classifications"))
    classification_[entry.at(0).get<int>()] = Rate(entry.at(1).get<double>());
}

}  // namespace fer::serve
