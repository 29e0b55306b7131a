#include "fer/serve/rows/timeline_writer.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

#include "fer/core/files/files.hpp"
#include "fer/core/text/base64.hpp"
#include "fer/image/encode.hpp"
#include "fer/image/resize.hpp"
#include "fer/report/timeline/timeline.hpp"
#include "serve/rows/frame_spans.hpp"
#include "serve/rows/names.hpp"
#include "serve/rows/timeline_bins.hpp"
#include "serve/rows/wall_time.hpp"
#include "serve/rows/whole_file.hpp"

namespace fer::serve {
namespace {

constexpr std::chrono::seconds kBetweenPages(10);

/// The way to a video from the folder of the page.
std::string wayTo(const std::filesystem::path& video, const std::filesystem::path& page) {
  if (video.empty()) return "";
  const auto whole = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal();
  };
  return whole(video).lexically_relative(whole(page).parent_path()).generic_string();
}

/// "2026-01-02 03:04 UTC".
std::string shownTime(WallTime time) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kClock = 5;
  const std::string text = wallTimeText(time);
  return text.substr(0, kDate) + " " + text.substr(kDate + 1, kClock) + " UTC";
}

std::string thumbnailOf(const cv::Mat& picture) {
  constexpr int kHeight = 48;
  const int width = std::max(1, picture.cols * kHeight / std::max(1, picture.rows));
  return base64(image::png(picture.rows > kHeight ? image::resized(picture, {width, kHeight}) : picture));
}

class PageWriter : public TimelineWriter {
 public:
  PageWriter(TimelineTarget target, ResultSource names)
      : target_(std::move(target)),
        names_(std::move(names)),
        bins_(names_.sources.size(), TimelineBins(names_.classes.size())),
        spans_(bins_.size(),
               [this](const FrameResult& result, double seconds) { bins_[result.source].add(result, seconds); }) {
    if (target_.videos.size() != bins_.size()) throw std::invalid_argument("a video a source");
    requireWritable(target_.file);
  }

  void write(const FrameResult& result) override {
    requireFits(result, names_);
    analysed_ = shownTime(result.wall_time);
    spans_.add(result);
  }

  void addThumbnail(std::size_t source, int track, const cv::Mat& picture) override {
    bins_.at(source).addThumbnail(track, thumbnailOf(picture));
  }

  void flush() override {
    if (target_.live && (!written_ || Clock::now() - *written_ >= kBetweenPages))
      put(static_cast<int>(kBetweenPages.count()));
  }

  void end() override {
    spans_.end();
    put(0);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void put(int reload_seconds) {
    constexpr std::size_t kMostLanes = 200;  // of all sources: a page of some megabytes
    constexpr std::size_t kFewestLanes = 10;
    report::Timeline timeline{
        names_.classes, names_.model, names_.engine, names_.detector, analysed_, reload_seconds, {}};
    for (std::size_t i = 0; i < bins_.size(); ++i) {
      timeline.sources.push_back(bins_[i].result(std::max(kFewestLanes, kMostLanes / bins_.size())));
      timeline.sources.back().name = names_.sources[i];
      timeline.sources.back().video = wayTo(target_.videos[i], target_.file);
    }
    writeFile(target_.file, report::timelinePage(timeline));
    written_ = Clock::now();
  }

  TimelineTarget target_;
  ResultSource names_;
  std::vector<TimelineBins> bins_;  ///< a source each
  FrameSpans spans_;
  std::string analysed_;
  std::optional<Clock::time_point> written_;  ///< when the page was
};

}  // namespace

std::unique_ptr<TimelineWriter> timelineWriter(const TimelineTarget& target, const ResultSource& source) {
  return std::make_unique<PageWriter>(target, checkedNames(source));
}

}  // namespace fer::serve
