#include <array>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/predict/writer.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

using Json = nlohmann::ordered_json;

/// File names need not be UTF-8; JSON must.
std::string textOf(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json landmarksJson(const vision::Landmarks& landmarks) {
  constexpr std::array<const char*, std::tuple_size_v<vision::Landmarks>> kNames{"right_eye", "left_eye", "nose",
                                                                                 "mouth_right", "mouth_left"};
  Json json;
  for (std::size_t i = 0; i < kNames.size(); ++i)
    json[kNames[i]] = {ownDigits(landmarks[i].x), ownDigits(landmarks[i].y)};
  return json;
}

Json faceJson(const RecognisedFace& face, const std::vector<std::string>& classes) {
  Json json;
  if (face.found) {
    const cv::Rect& box = face.found->box;
    json["box"] = {{"x", box.x}, {"y", box.y}, {"w", box.width}, {"h", box.height}};
    if (face.found->score) json["score"] = ownDigits(*face.found->score);
    if (face.found->landmarks) json["landmarks"] = landmarksJson(*face.found->landmarks);
  }
  json["dominant_emotion"] = classes[mostProbable(face.probabilities, 1).front()];
  for (std::size_t i = 0; i < classes.size(); ++i) json["probabilities"][classes[i]] = ownDigits(face.probabilities[i]);
  return json;
}

class JsonWriter : public PredictionWriter {
 public:
  JsonWriter(std::ostream& out, const PredictionSource& source) : out_(out), classes_(source.classes) {
    Json head{{"schema", 1}, {"model", source.model}, {"engine", source.engine}};
    if (!source.detector.empty()) head["detector"] = source.detector;
    head["classes"] = classes_;
    const std::string text = textOf(head);
    out_ << text.substr(0, text.size() - 1) << ",\"images\":[";
  }

  void write(const Prediction& prediction) override {
    Json json{{"image", prediction.image}};
    if (prediction.row) json["row"] = *prediction.row;
    json["width"] = prediction.size.width;
    json["height"] = prediction.size.height;
    json["faces"] = Json::array();
    for (const RecognisedFace& face : prediction.faces) json["faces"].push_back(faceJson(face, classes_));
    put(json);
  }

  void writeFault(const std::string& image, const std::string& message) override {
    put({{"image", image}, {"error", message}});
  }

  void end() override { out_ << "\n]}\n"; }

 private:
  void put(const Json& json) {
    out_ << (first_ ? "\n" : ",\n") << textOf(json);
    first_ = false;
  }

  std::ostream& out_;
  std::vector<std::string> classes_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<PredictionWriter> jsonWriter(std::ostream& out, const PredictionSource& source) {
  return std::make_unique<JsonWriter>(out, source);
}

}  // namespace fer::app
