#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "fer/core/files/files.hpp"
#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/serve/rows/writers.hpp"
#include "serve/rows/frame_spans.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/whole_file.hpp"

namespace fer::serve {
namespace {

/// What is known of a track.
struct TrackSums {
  double first_s = 0;
  double last_s = 0;
  double seconds = 0;  ///< that it was seen
  std::int64_t frames = 0;
  std::int64_t classified = 0;
  std::vector<double> probabilities;  ///< sums over the classified frames
  std::vector<double> seconds_of;     ///< with each smoothed label
};

void addFrame(TrackSums& track, const FaceResult& face, double time_s, double seconds) {
  if (track.frames++ == 0) track.first_s = time_s;
  track.last_s = time_s;
  track.seconds += seconds;
  if (face.label >= 0) track.seconds_of[static_cast<std::size_t>(face.label)] += seconds;
  if (face.probabilities.empty()) return;
  ++track.classified;
  for (std::size_t i = 0; i < face.probabilities.size(); ++i) track.probabilities[i] += face.probabilities[i];
}

class SummaryWriter : public ResultWriter {
 public:
  SummaryWriter(std::filesystem::path file, ResultSource names)
      : file_(std::move(file)), names_(std::move(names)), spans_(names_.sources.size(), taker()) {
    requireWritable(file_);
  }

  void write(const FrameResult& result) override {
    requireFits(result, names_);
    spans_.add(result);
  }

  void end() override {
    spans_.end();
    std::string text = header();
    for (const auto& [id, track] : tracks_) text += row(id.first, id.second, track);
    writeFile(file_, text);
  }

 private:
  FrameSpans::Take taker() {
    return [this](const FrameResult& result, double seconds) {
      for (const FaceResult& face : result.faces) {
        TrackSums& track = tracks_[{result.source, face.track}];
        track.probabilities.resize(names_.classes.size());
        track.seconds_of.resize(names_.classes.size());
        addFrame(track, face, result.time_s, seconds);
      }
    };
  }

  std::string header() const {
    std::vector<std::string> fields{"source", "track", "first_s", "last_s", "seconds_seen", "frames", "classified"};
    for (const char* kind : {"p_", "share_"})
      for (const std::string& name : names_.classes) fields.push_back(kind + name);
    fields.emplace_back("dominant");
    return csvLine(fields);
  }

  std::string row(std::size_t source, int id, const TrackSums& track) const {
    constexpr int kTimeDigits = 3;
    constexpr int kShareDigits = 4;
    std::vector<std::string> fields{names_.sources[source],
                                    std::to_string(id),
                                    fixed(track.first_s, kTimeDigits),
                                    fixed(track.last_s, kTimeDigits),
                                    fixed(track.seconds, kTimeDigits),
                                    std::to_string(track.frames),
                                    std::to_string(track.classified)};
    const double labelled = std::accumulate(track.seconds_of.begin(), track.seconds_of.end(), 0.0);
    for (const double sum : track.probabilities)
      fields.push_back(track.classified == 0 ? "" : fixed(sum / static_cast<double>(track.classified), kShareDigits));
    for (const double seconds : track.seconds_of)
      fields.push_back(labelled > 0 ? fixed(seconds / labelled, kShareDigits) : "");
    const auto most = std::max_element(track.seconds_of.begin(), track.seconds_of.end());
    fields.push_back(labelled > 0 ? names_.classes[static_cast<std::size_t>(most - track.seconds_of.begin())] : "");
    return csvLine(fields);
  }

  std::filesystem::path file_;
  ResultSource names_;
  std::map<std::pair<std::size_t, int>, TrackSums> tracks_;  ///< by source and id
  FrameSpans spans_;
};

}  // namespace

std::unique_ptr<ResultWriter> summaryWriter(const std::filesystem::path& file, const ResultSource& source) {
  return std::make_unique<SummaryWriter>(file, checkedNames(source));
}

}  // namespace fer::serve
