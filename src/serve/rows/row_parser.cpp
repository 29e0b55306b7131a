#include "serve/rows/row_parser.hpp"

#include <algorithm>
#include <limits>

#include "serve/rows/row_columns.hpp"
#include "serve/rows/wall_time.hpp"

namespace fer::serve {
namespace {

using Fields = std::vector<std::string>;

constexpr int kLargest = std::numeric_limits<int>::max();
constexpr float kCertain = 1.001F;  // sums and means of floats may lie above one

const std::string& at(const Fields& fields, RowColumn column) {
  return fields[static_cast<std::size_t>(column)];
}

const std::string& at(const Fields& fields, RowEnding column) {
  return fields[fields.size() - static_cast<std::size_t>(RowEnding::kCount) + static_cast<std::size_t>(column)];
}

float probabilityOf(const CsvRecords& row, const std::string& field, const std::string& column) {
  return row.number<float>(field, column, 0, kCertain, "a probability from 0 to 1");
}

bool flagOf(const CsvRecords& row, const std::string& field, const std::string& column) {
  if (field != "0" && field != "1") throw row.wrong(column, "0 or 1", field);
  return field == "1";
}

bool allEmpty(Fields::const_iterator from, Fields::const_iterator to) {
  return std::all_of(from, to, [](const std::string& field) { return field.empty(); });
}

cv::Rect boxOf(const CsvRecords& row, const Fields& fields) {
  const auto number = [&](RowColumn column, const char* name, int low) {
    return row.number<int>(at(fields, column), name, low, kLargest, "a whole number from " + std::to_string(low));
  };
  return {number(RowColumn::kX, "x", 0), number(RowColumn::kY, "y", 0), number(RowColumn::kWidth, "w", 1),
          number(RowColumn::kHeight, "h", 1)};
}

template <class Index>
std::unordered_map<std::string, Index> indexOf(const std::vector<std::string>& names) {
  std::unordered_map<std::string, Index> index;
  for (const std::string& name : names) index.emplace(name, static_cast<Index>(index.size()));
  return index;
}

}  // namespace

RowParser::RowParser(const ResultSource& names)
    : sources_(names.sources),
      classes_(names.classes),
      source_index_(indexOf<std::size_t>(sources_)),
      class_index_(indexOf<int>(classes_)) {
  read_.sources.resize(sources_.size());
}

bool RowParser::add(const CsvRecords& row, const Fields& fields) {
  const std::size_t columns =
      static_cast<std::size_t>(RowColumn::kFirstClass) + classes_.size() + static_cast<std::size_t>(RowEnding::kCount);
  if (fields.size() != columns)
    throw row.fault("expected " + std::to_string(columns) + " fields as in the header, found " +
                    std::to_string(fields.size()));
  if (begun_.empty())
    begin(row, fields);
  else
    requireSameFrame(row, fields);
  if (faces_ > 0) {
    frame_.faces.push_back(faceOf(row, fields));
    if (!tracks_.insert(frame_.faces.back().track).second)
      throw row.fault("track " + at(fields, RowColumn::kTrack) + " stands twice in a frame");
  } else if (!allEmpty(fields.begin() + static_cast<std::ptrdiff_t>(kFrameColumns), fields.end())) {
    throw row.fault("a frame without a face has one");
  }
  if (static_cast<std::int64_t>(frame_.faces.size()) < faces_) return false;
  complete();
  return true;
}

void RowParser::begin(const CsvRecords& row, const Fields& fields) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() - 1;
  constexpr double kEnd = std::numeric_limits<double>::max();
  const std::string& source = at(fields, RowColumn::kSource);
  const auto index = source_index_.find(source);
  if (index == source_index_.end()) throw row.wrong("source", "one of this run", source);
  frame_ = {};
  tracks_.clear();
  frame_.source = index->second;
  frame_.frame = row.number<std::int64_t>(at(fields, RowColumn::kFrame), "frame", 0, kMost, "a whole number from 0");
  if (frame_.frame < read_.sources[frame_.source].next_frame)
    throw row.fault("frame " + at(fields, RowColumn::kFrame) + " of " + source + " stands twice or too late");
  frame_.time_s = row.number<double>(at(fields, RowColumn::kTime), "time_s", -kEnd, kEnd, "seconds");
  const std::optional<WallTime> wall_time = parseWallTime(at(fields, RowColumn::kWallTime));
  if (!wall_time) throw row.wrong("wall_time", "a time as 2026-01-02T03:04:05.678Z", at(fields, RowColumn::kWallTime));
  frame_.wall_time = *wall_time;
  faces_ = row.number<std::int64_t>(at(fields, RowColumn::kFaces), "faces", 0, kLargest, "a whole number from 0");
  begun_.assign(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(kFrameColumns));
}

void RowParser::requireSameFrame(const CsvRecords& row, const Fields& fields) const {
  if (std::equal(begun_.begin(), begun_.end(), fields.begin())) return;
  throw row.fault("frame " + std::to_string(frame_.frame) + " of " + sources_[frame_.source] + " has only " +
                  std::to_string(frame_.faces.size()) + " of its " + std::to_string(faces_) + " faces");
}

FaceResult RowParser::faceOf(const CsvRecords& row, const Fields& fields) const {
  constexpr float kEnd = std::numeric_limits<float>::max();
  FaceResult face;
  face.track = row.number<int>(at(fields, RowColumn::kTrack), "track", 1, kLargest, "a whole number from 1");
  face.box = boxOf(row, fields);
  if (const std::string& score = at(fields, RowColumn::kScore); !score.empty())
    face.score = row.number<float>(score, "score", -kEnd, kEnd, "a number");
  readClassified(row, fields, face);
  readSmoothed(row, fields, face);
  face.dark = flagOf(row, at(fields, RowEnding::kDark), "dark");
  face.blurred = flagOf(row, at(fields, RowEnding::kBlurred), "blurred");
  return face;
}

void RowParser::readClassified(const CsvRecords& row, const Fields& fields, FaceResult& face) const {
  const std::string& label = at(fields, RowColumn::kLabel);
  const auto from = fields.begin() + static_cast<std::ptrdiff_t>(RowColumn::kProbability);
  const auto first_class = from + 1;
  if (label.empty()) {
    if (!allEmpty(from, first_class + static_cast<std::ptrdiff_t>(classes_.size())))
      throw row.fault("probabilities without a label");
    return;
  }
  for (std::size_t i = 0; i < classes_.size(); ++i)
    face.probabilities.push_back(probabilityOf(row, first_class[static_cast<std::ptrdiff_t>(i)], "p_" + classes_[i]));
  const auto most = std::max_element(face.probabilities.begin(), face.probabilities.end());
  const std::string& likely = classes_[static_cast<std::size_t>(most - face.probabilities.begin())];
  if (label != likely) throw row.wrong("label", "the most probable class, " + likely, label);
  if (probabilityOf(row, *from, "probability") != *most) throw row.wrong("probability", "that of " + likely, *from);
}

void RowParser::readSmoothed(const CsvRecords& row, const Fields& fields, FaceResult& face) const {
  const std::string& label = at(fields, RowEnding::kSmoothedLabel);
  const std::string& probability = at(fields, RowEnding::kSmoothedProbability);
  if (label.empty() && probability.empty()) return;
  const auto index = class_index_.find(label);
  if (index == class_index_.end()) throw row.wrong("smoothed_label", "a class", label);
  face.label = index->second;
  face.smoothed.assign(classes_.size(), std::numeric_limits<float>::quiet_NaN());
  face.smoothed[static_cast<std::size_t>(face.label)] = probabilityOf(row, probability, "smoothed_probability");
}

void RowParser::complete() {
  RowsRead::Source& source = read_.sources[frame_.source];
  source.next_frame = frame_.frame + 1;
  source.time_s = frame_.time_s;
  for (const FaceResult& face : frame_.faces) source.last_track = std::max(source.last_track, face.track);
  ++read_.frames;
  begun_.clear();
}

}  // namespace fer::serve
