#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "fer/core/text/numbers.hpp"
#include "fer/serve/rows/writers.hpp"
#include "serve/rows/growing_file.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/wall_time.hpp"

namespace fer::serve {
namespace {

using Json = nlohmann::ordered_json;

Json distribution(const std::vector<float>& values, const std::vector<std::string>& classes) {
  Json json;  // null where there is none
  for (std::size_t i = 0; i < values.size(); ++i) json[classes[i]] = ownDigits(values[i]);
  return json;
}

Json dominantOf(const std::vector<float>& probabilities, const std::vector<std::string>& classes) {
  if (probabilities.empty()) return nullptr;
  const auto most = std::max_element(probabilities.begin(), probabilities.end());
  return classes[static_cast<std::size_t>(most - probabilities.begin())];
}

Json faceJson(const FaceResult& face, const std::vector<std::string>& classes) {
  Json json{{"track", face.track},
            {"box", {{"x", face.box.x}, {"y", face.box.y}, {"w", face.box.width}, {"h", face.box.height}}}};
  json["score"] = face.score ? Json(ownDigits(*face.score)) : Json();
  json["dominant_emotion"] = dominantOf(face.probabilities, classes);
  json["probabilities"] = distribution(face.probabilities, classes);
  json["smoothed_emotion"] = face.label < 0 ? Json() : Json(classes[static_cast<std::size_t>(face.label)]);
  json["smoothed"] = distribution(face.smoothed, classes);
  json["dark"] = face.dark;
  json["blurred"] = face.blurred;
  return json;
}

/// As the rows have it.
double wholeMicroseconds(double seconds) {
  constexpr double kMicro = 1e6;
  return std::round(seconds * kMicro) / kMicro;
}

class JsonLinesWriter : public ResultWriter {
 public:
  JsonLinesWriter(const std::filesystem::path& file, ResultSource names) : names_(std::move(names)), file_(file) {}

  void write(const FrameResult& result) override {
    requireFits(result, names_);
    Json json{{"source", names_.sources[result.source]},
              {"frame", result.frame},
              {"time_s", wholeMicroseconds(result.time_s)},
              {"wall_time", wallTimeText(result.wall_time)},
              {"width", result.size.width},
              {"height", result.size.height},
              {"faces", Json::array()}};
    for (const FaceResult& face : result.faces) json["faces"].push_back(faceJson(face, names_.classes));
    // File names need not be UTF-8; JSON must.
    file_.add(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
    file_.flush();
  }

  void end() override {}

 private:
  ResultSource names_;
  GrowingFile file_;
};

}  // namespace

std::unique_ptr<ResultWriter> jsonLinesWriter(const std::filesystem::path& file, const ResultSource& source) {
  return std::make_unique<JsonLinesWriter>(file, checkedNames(source));
}

}  // namespace fer::serve
