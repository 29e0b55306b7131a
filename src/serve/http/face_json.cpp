#include "serve/http/face_json.hpp"

#include <algorithm>
#include <array>

#include "fer/core/text/numbers.hpp"

namespace fer::serve {
namespace {

using Json = nlohmann::ordered_json;

Json shares(const std::vector<float>& values, const std::vector<std::string>& classes) {
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i) json[classes[i]] = ownDigits(values[i]);
  return json;
}

Json landmarksOf(const vision::Landmarks& landmarks) {
  constexpr std::array<const char*, std::tuple_size_v<vision::Landmarks>> kPoints{"right_eye", "left_eye", "nose",
                                                                                  "mouth_right", "mouth_left"};
  Json json;
  for (std::size_t i = 0; i < kPoints.size(); ++i)
    json[kPoints.at(i)] = {ownDigits(landmarks.at(i).x), ownDigits(landmarks.at(i).y)};
  return json;
}

/// What both forms say of a face, behind what `json` has already.
void describe(Json& json, const FaceResult& face, const std::vector<std::string>& classes) {
  json["box"] = {{"x", face.box.x}, {"y", face.box.y}, {"w", face.box.width}, {"h", face.box.height}};
  if (face.score) json["score"] = ownDigits(*face.score);
  const auto most = std::max_element(face.probabilities.begin(), face.probabilities.end());
  json["dominant_emotion"] = classes[static_cast<std::size_t>(most - face.probabilities.begin())];
  json["probabilities"] = shares(face.probabilities, classes);
}

void describeLight(Json& json, const FaceResult& face) {
  json["dark"] = face.dark;
  json["blurred"] = face.blurred;
}

}  // namespace

Json pictureJson(const PictureOutcome& outcome, const std::vector<std::string>& classes) {
  const FrameResult& result = outcome.result;
  Json json{{"schema", 1}, {"image", {{"width", result.size.width}, {"height", result.size.height}}}};
  json["faces"] = Json::array();
  for (std::size_t i = 0; i < result.faces.size(); ++i) {
    Json face;
    describe(face, result.faces[i], classes);
    if (const auto& landmarks = outcome.landmarks[i]) face["landmarks"] = landmarksOf(*landmarks);
    describeLight(face, result.faces[i]);
    json["faces"].push_back(std::move(face));
  }
  return json;
}

Json liveJson(const PictureOutcome& outcome, const std::vector<std::string>& classes) {
  const FrameResult& result = outcome.result;
  Json json{{"width", result.size.width}, {"height", result.size.height}, {"faces", Json::array()}};
  for (const FaceResult& seen : result.faces) {
    Json face{{"track", seen.track}};
    describe(face, seen, classes);
    face["smoothed_emotion"] = classes[static_cast<std::size_t>(seen.label)];
    face["smoothed"] = shares(seen.smoothed, classes);
    describeLight(face, seen);
    json["faces"].push_back(std::move(face));
  }
  return json;
}

std::string textOf(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace fer::serve
