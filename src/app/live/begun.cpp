#include "app/live/begun.hpp"

#include <filesystem>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/hash.hpp"
#include "fer/core/text/json.hpp"
#include "fer/serve/rows/writers.hpp"

namespace fer::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kSchema = 1;

/// All that decides what the rows say. A file is known by its name and size.
Json madeWith(const LiveRequest& request, const serve::ResultSource& source, const serve::Pipeline& pipeline) {
  const serve::PipelineOptions& options = request.pipeline;
  Json sources = Json::array();
  for (const std::string& name : request.sources) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(name, failed);
    sources.push_back({{"name", name}, {"bytes", failed ? 0 : size}});
  }
  return {{"sources", sources},
          {"model", fileSha256(request.model)},
          {"engine", pipeline.model().engine},
          {"detector", source.detector},
          {"detector_size", options.detector.longest_side},
          {"min_score", options.tracker.candidate_score},
          {"new_track_score", options.tracker.new_track_score},
          {"keep_seconds", options.tracker.keep_seconds},
          {"most_tracks", options.tracker.most_tracks.value_or(0)},
          {"smooth_seconds", options.smoother.seconds},
          {"smooth_margin", options.smoother.margin},
          {"detections_per_second", options.detections_per_second},
          {"classifications_per_second", options.classifications_per_second}};
}

}  // namespace

Begun::Begun(const LiveRequest& request, const serve::ResultSource& source, const serve::Pipeline& pipeline)
    : rows_(request.csv),
      file_(request.csv.string() + ".state.json"),
      source_(source),
      made_with_(madeWith(request, source, pipeline)),
      parts_(source.sources.size()) {
  const bool is_begun = fs::exists(file_);
  if (is_begun && !request.resume)
    throw usageError(rows_.string() + ": an analysis that was stopped stands there. Go on with --resume, or remove " +
                     file_.string() + " to begin anew.");
  if (!request.resume) return;
  is_complete_ = !is_begun && fs::exists(rows_);
  goes_on_ = is_begun;
  if (goes_on_) read();
}

void Begun::read() {
  const Json file = parseJson(readFile(file_, Fault::kData), file_.string(), Fault::kData);
  const JsonNode state(file, file_.string(), "Remove it to begin anew.");
  state.schema(kSchema);
  for (const auto& [key, value] : state.at("made_with").members())
    if (const Json now = made_with_.value(key, Json()); now != value.value())
      throw usageError(rows_.string() + ": was begun with another " + key + " (" + shownJson(value.value()) + ", now " +
                       shownJson(now) + "). Go on as it was begun, or remove " + file_.string() + " to begin anew.");
  const std::vector<JsonNode> parts = state.at("parts").list();
  if (parts.size() != parts_.size()) throw state.at("parts").wrong(std::to_string(parts_.size()) + " parts");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts_[i].first_frame = parts[i].at("first_frame").count<std::int64_t>();
    if (parts[i].has("state")) parts_[i].state = parts[i].at("state").value();
  }
}

void Begun::cutRows() const {
  AtomicPlace place(rows_);
  const auto kept = serve::rowsWriter(place.part(), source_);
  serve::readRows(rows_, source_, [&](const serve::FrameResult& result) {
    if (result.frame < parts_[result.source].first_frame) kept->write(result);
  });
  kept->end();
  place.commit();
}

void Begun::note(const serve::AnalysedFrame& frame) {
  serve::Pipeline::Part& part = parts_[frame.result.source];
  part.first_frame = frame.result.frame + 1;
  part.state = frame.state;
  save();
}

void Begun::save() const {
  Json parts = Json::array();
  for (const serve::Pipeline::Part& part : parts_) {
    parts.push_back({{"first_frame", part.first_frame}});
    if (part.state) parts.back()["state"] = *part.state;
  }
  writeFile(file_, Json{{"schema", kSchema}, {"made_with", made_with_}, {"parts", parts}}.dump() + "\n");
}

void Begun::finish() const {
  std::error_code ignored;
  fs::remove(file_, ignored);
}

}  // namespace fer::app
