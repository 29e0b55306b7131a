#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "fer/data/preprocess.hpp"
#include "fer/serve/stream/pipeline.hpp"
#include "serve/stream/inbox.hpp"
#include "serve/stream/rate.hpp"

namespace fer::serve {

/// A frame in which faces were looked for, or not.
struct LookedAt {
  Inbox::Ticket ticket;
  cv::Mat picture;                                 ///< where it was needed
  std::optional<std::vector<vision::Face>> found;  ///< nothing where none were looked for
};

/// A frame whose faces are known, some of them about to be classified.
struct Followed {
  struct Crop {
    std::size_t face = 0;             ///< of frame.result.faces
    std::vector<std::uint8_t> bytes;  ///< the network's input
  };
  AnalysedFrame frame;
  std::vector<Crop> crops;
  std::vector<int> tracks;  ///< ids, rising, of all that may be seen again
};

/// The faces of one source from frame to frame. One thread at a time.
class FollowedStream {
 public:
  FollowedStream(std::size_t source, const PipelineOptions& options, const data::Preprocess& preprocess);

  /// The next frame.
  Followed follow(LookedAt seen, double classification_period_s);

  /// What went before, and a stream that goes on behind it. Throws Error (bad data) for another thing.
  nlohmann::json state() const;
  void restore(const nlohmann::json& state);

 private:
  void startAnewWhereSizeChanged(cv::Size size);
  void classifyWhereDue(Followed& followed, double period_s);

  std::size_t source_;
  vision::TrackerOptions options_;
  data::Preprocess preprocess_;
  vision::Tracker tracker_;
  cv::Size size_;
  Rate detection_;                      ///< as of the last frame
  std::map<int, Rate> classification_;  ///< of each track
};

}  // namespace fer::serve
