#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <vector>

#include "fer/serve/frame_result.hpp"

namespace fer::serve {

struct TimelineTarget {
  std::filesystem::path file;                 ///< the page
  std::vector<std::filesystem::path> videos;  ///< one a source, "" for none; named in the page by their way from it
  bool live = false;                          ///< flush() writes the page, at most every 10 s; it reloads itself
};

/// Collects what the page of fer/report/timeline shows and writes it whole at the end. The memory is bounded, however
/// long a source lasts: at most 2,000 bins, which double their width where they do not suffice, and 1,000 tracks each.
class TimelineWriter : public ResultWriter {
 public:
  /// A picture of a track for its lane, 8 bit, 1 or 3 channels; shrunk to 48 pixels of height. The first four of each
  /// track are kept; none is shown where this is never called.
  virtual void addThumbnail(std::size_t source, int track, const cv::Mat& picture) = 0;
};

/// Throws Error where the page cannot be written, std::invalid_argument where `videos` has another length than the
/// sources.
std::unique_ptr<TimelineWriter> timelineWriter(const TimelineTarget& target, const ResultSource& source);

}  // namespace fer::serve
