#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fer/engine/engine.hpp"
#include "fer/serve/frame_result.hpp"
#include "fer/serve/stream/stream_state.hpp"
#include "fer/video/frame_source.hpp"
#include "fer/vision/detector.hpp"
#include "fer/vision/smoother.hpp"
#include "fer/vision/tracker.hpp"

/// Videos, cameras and network streams through detection, tracking and classification, many at once.
namespace fer::serve {

/// Where frames come from. `open` is called in a thread of its own, and again where a live source failed.
struct StreamSource {
  std::string name;
  bool reopens = false;  ///< it is opened again where it fails: cameras and addresses
  std::function<std::unique_ptr<video::FrameSource>(const video::SourceOptions&)> open;
};

/// The source that a user names: a file, an address, or a camera by its number.
StreamSource fileOrAddress(const std::string& name);
StreamSource camera(int number);

/// A live source made of a file, which plays at its own speed again and again: to measure with.
StreamSource playedAgain(const std::string& file, const std::string& name);

struct PipelineOptions {
  vision::DetectorOptions detector;
  vision::TrackerOptions tracker;
  vision::SmootherOptions smoother;
  double detections_per_second = 10;       ///< of each source; 0: on every frame. Between them faces move as before
  double classifications_per_second = 10;  ///< of each track; 0: on every frame
  int threads = 0;                         ///< that look for faces; 0: as many as there are processors
  double timeout_s = 10;                   ///< of network sources (video::SourceOptions)
  bool keep_pictures = false;  ///< AnalysedFrame has its frame and picture; else they go as soon as they can
  double state_period_s = 0;   ///< AnalysedFrame::state seconds of wall time between two AnalysedFrame::state; 0: none
};

/// One analysed frame.
struct AnalysedFrame {
  FrameResult result;
  video::Frame frame;  ///< without pixels unless PipelineOptions::keep_pictures
  cv::Mat picture;     ///< of the frame, where it was needed and keep_pictures; else empty

  /// Now and then: all that is needed to go on behind this frame to the same results (Pipeline::Part::state).
  std::optional<nlohmann::json> state;
};

/// Sources to results.
///
/// Each source is read by a thread of its own. Of a live one only the newest frame waits, and what it replaces is
/// counted; a file waits for its analysis, and nothing is left out. A few threads look for faces in whatever frame
/// comes next, those of a source are then tracked in their order; one thread classifies the faces of all sources
/// together, as they come; one hands out the results. No source waits for another. Where live sources bring more than
/// can be done, less is done of each (LoadControl), and said once.
class Pipeline {
 public:
  /// What is called while it runs, in the thread that called run().
  struct Listener {
    std::function<void(AnalysedFrame&&)> take;  ///< frames of a source in their order
    std::function<void(std::size_t source, StreamState state, const std::string& why)> changed =
        [](std::size_t, StreamState, const std::string&) {};
    std::function<void(const std::string& message)> said = [](const std::string&) {};  ///< a line about the load
    std::function<void()> tick = [] {};  ///< about 20 times a second, whether frames come or not
  };

  /// Where to begin in a file, after an earlier part of it.
  struct Part {
    std::int64_t first_frame = 0;  ///< frames before it are decoded, but not analysed
    std::optional<nlohmann::json> state;
  };

  /// Opens the model. Throws Error (usage, bad data). `options.detector` is opened once for each thread.
  Pipeline(std::vector<StreamSource> sources, const std::filesystem::path& model, const engine::EngineOptions& engine,
           const PipelineOptions& options);
  ~Pipeline();

  const engine::ExportedModel& model() const;
  std::string detector() const;

  /// Runs until all sources have ended or `stop` says so; what was read by then is still handed out. `parts` is empty
  /// or has one for each source. Throws what `take` throws, and Error of the machine; a source that fails is no error:
  /// it is `changed`.
  void run(const Listener& listener, const std::function<bool()>& stop, const std::vector<Part>& parts = {});

  /// What was done so far, or by the end. In the thread of run().
  std::vector<StreamCounts> counts() const;

 private:
  struct Opened;

  std::vector<StreamSource> sources_;
  PipelineOptions options_;
  std::unique_ptr<Opened> opened_;
};

}  // namespace fer::serve
