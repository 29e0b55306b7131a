#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "fer/core/text/numbers.hpp"
#include "fer/serve/rows/writers.hpp"
#include "serve/rows/face_pieces.hpp"
#include "serve/rows/growing_file.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/wall_time.hpp"

namespace fer::serve {
namespace {

using Json = nlohmann::ordered_json;

Json faceJson(const FaceResult& face, const std::vector<std::string>& classes) {
  Json json{{"track", face.track}, {"box", boxJson(face.box)}};
  json["score"] = face.score ? Json(ownDigits(*face.score)) : Json();
  json["dominant_emotion"] = dominantJson(face.probabilities, classes);
  json["probabilities"] = sharesJson(face.probabilities, classes);
  json["smoothed_emotion"] = face.label < 0 ? Json() : Json(classes[static_cast<std::size_t>(face.label)]);
  json["smoothed"] = sharesJson(face.smoothed, classes);
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
    file_.add(textOf(json) + "\n");
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
