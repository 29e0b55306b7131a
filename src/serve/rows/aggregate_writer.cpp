#include <algorithm>
#include <cmath>
#include <utility>

#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/serve/rows/writers.hpp"
#include "serve/rows/growing_file.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/wall_time.hpp"

namespace fer::serve {
namespace {

/// What is known of a minute of a source: sums alone. Nothing leads back to a face or a track.
struct MinuteSums {
  std::int64_t minute = 0;  ///< of its source, from 0
  WallTime wall_time;       ///< of its first frame
  std::int64_t frames = 0;
  std::int64_t faces = 0;
  std::vector<std::int64_t> classified;  ///< a class each
};

class AggregateWriter : public ResultWriter {
 public:
  AggregateWriter(const std::filesystem::path& file, ResultSource names)
      : names_(std::move(names)), minutes_(names_.sources.size()), file_(file) {
    std::vector<std::string> fields{"source", "minute_start_s", "wall_time", "frames", "faces_mean"};
    for (const std::string& name : names_.classes) fields.push_back("n_" + name);
    file_.add(csvLine(fields));
    file_.flush();
  }

  void write(const FrameResult& result) override {
    requireFits(result, names_);
    MinuteSums& sums = minutes_[result.source];
    const auto minute = static_cast<std::int64_t>(std::floor(result.time_s / kMinute));
    if (sums.frames > 0 && minute > sums.minute) put(result.source);
    if (sums.frames == 0) sums = {minute, result.wall_time, 0, 0, std::vector<std::int64_t>(names_.classes.size())};
    ++sums.frames;
    sums.faces += static_cast<std::int64_t>(result.faces.size());
    for (const FaceResult& face : result.faces) count(face, sums);
  }

  void end() override {
    for (std::size_t source = 0; source < minutes_.size(); ++source)
      if (minutes_[source].frames > 0) put(source);
  }

 private:
  static constexpr std::int64_t kMinute = 60;

  static void count(const FaceResult& face, MinuteSums& sums) {
    const std::vector<float>& found = face.probabilities;
    if (found.empty()) return;
    ++sums.classified[static_cast<std::size_t>(std::max_element(found.begin(), found.end()) - found.begin())];
  }

  /// Writes the minute of a source and forgets it.
  void put(std::size_t source) {
    constexpr int kDigits = 2;
    MinuteSums& sums = minutes_[source];
    const double mean = static_cast<double>(sums.faces) / static_cast<double>(sums.frames);
    std::vector<std::string> fields{names_.sources[source], std::to_string(sums.minute * kMinute),
                                    wallTimeText(sums.wall_time), std::to_string(sums.frames), fixed(mean, kDigits)};
    for (const std::int64_t number : sums.classified) fields.push_back(std::to_string(number));
    file_.add(csvLine(fields));
    file_.flush();
    sums = {};
  }

  ResultSource names_;
  std::vector<MinuteSums> minutes_;  ///< a source each; of 0 frames where none is begun
  GrowingFile file_;
};

}  // namespace

std::unique_ptr<ResultWriter> aggregateWriter(const std::filesystem::path& file, const ResultSource& source) {
  return std::make_unique<AggregateWriter>(file, checkedNames(source));
}

}  // namespace fer::serve
