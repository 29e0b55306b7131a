#include "serve/http/face_json.hpp"

#include <array>

#include "fer/core/text/numbers.hpp"
#include "serve/rows/face_pieces.hpp"

namespace fer::serve {
namespace {

using Json = nlohmann::ordered_json;

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
  json["box"] = boxJson(face.box);
  if (face.score) json["score"] = ownDigits(*face.score);
  json["dominant_emotion"] = dominantJson(face.probabilities, classes);
  json["probabilities"] = sharesJson(face.probabilities, classes);
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
    face["smoothed"] = sharesJson(seen.smoothed, classes);
    describeLight(face, seen);
    json["faces"].push_back(std::move(face));
  }
  return json;
}

}  // namespace fer::serve
