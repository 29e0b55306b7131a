#include "serve/rows/row_columns.hpp"

#include <algorithm>
#include <vector>

#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"
#include "serve/rows/wall_time.hpp"

namespace fer::serve {
namespace {

using Fields = std::vector<std::string>;

Fields frameFields(const FrameResult& result, const ResultSource& names) {
  constexpr int kMicroseconds = 6;  // as ffprobe prints times
  return {names.sources[result.source], std::to_string(result.frame), fixed(result.time_s, kMicroseconds),
          wallTimeText(result.wall_time), std::to_string(result.faces.size())};
}

void addClassified(const FaceResult& face, const ResultSource& names, Fields& fields) {
  if (face.probabilities.empty()) {
    fields.resize(fields.size() + 2 + names.classes.size());
    return;
  }
  const auto most = std::max_element(face.probabilities.begin(), face.probabilities.end());
  fields.push_back(names.classes[static_cast<std::size_t>(most - face.probabilities.begin())]);
  fields.push_back(shortest(*most));
  for (const float probability : face.probabilities) fields.push_back(shortest(probability));
}

void addFace(const FaceResult& face, const ResultSource& names, Fields& fields) {
  for (const int number : {face.track, face.box.x, face.box.y, face.box.width, face.box.height})
    fields.push_back(std::to_string(number));
  fields.push_back(face.score ? shortest(*face.score) : "");
  addClassified(face, names, fields);
  const auto label = static_cast<std::size_t>(face.label);
  fields.push_back(face.label < 0 ? "" : names.classes[label]);
  fields.push_back(face.label < 0 ? "" : shortest(face.smoothed[label]));
  for (const bool flag : {face.dark, face.blurred}) fields.emplace_back(flag ? "1" : "0");
}

}  // namespace

std::string rowsHeader(const ResultSource& names) {
  Fields fields{"source", "frame", "time_s", "wall_time", "faces", "track",      "x",
                "y",      "w",     "h",      "score",     "label", "probability"};
  for (const std::string& name : names.classes) fields.push_back("p_" + name);
  for (const char* name : {"smoothed_label", "smoothed_probability", "dark", "blurred"}) fields.emplace_back(name);
  return csvLine(fields);
}

std::string rowsOf(const FrameResult& result, const ResultSource& names) {
  const Fields frame = frameFields(result, names);
  if (result.faces.empty()) {
    Fields fields = frame;
    fields.resize(static_cast<std::size_t>(RowColumn::kFirstClass) + names.classes.size() +
                  static_cast<std::size_t>(RowEnding::kCount));
    return csvLine(fields);
  }
  std::string rows;
  for (const FaceResult& face : result.faces) {
    Fields fields = frame;
    addFace(face, names, fields);
    rows += csvLine(fields);
  }
  return rows;
}

}  // namespace fer::serve
