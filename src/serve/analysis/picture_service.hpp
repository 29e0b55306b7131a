#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fer/engine/engine.hpp"
#include "fer/image/decode.hpp"
#include "fer/serve/frame_result.hpp"
#include "fer/vision/detector.hpp"
#include "fer/vision/smoother.hpp"
#include "fer/vision/tracker.hpp"
#include "serve/analysis/conveyor.hpp"
#include "serve/analysis/looker.hpp"

namespace fer::serve {

/// What is followed of one client from picture to picture. For one picture at a time.
struct FollowedFaces {
  vision::Tracker tracker;
  vision::LabelSmoother smoother;
  std::set<int> smoothed;  ///< tracks that the smoother knows
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

/// What a picture shows.
struct PictureOutcome {
  FrameResult result;  ///< tracks and smoothed values where the client is followed, else tracks count from 1
  std::vector<std::optional<vision::Landmarks>> landmarks;  ///< one a face
  std::string fault;                                        ///< what is wrong with the picture; then nothing else holds
};

/// Pictures of many clients through detection and classification: some threads decode and look for faces, one
/// classifies those of all together, as they come. Any thread.
class PictureService {
 public:
  struct Options {
    vision::DetectorOptions detector{};
    engine::EngineOptions engine{};
    image::DecodeLimits limits{};
    int threads = 0;           ///< that decode and look; 0: as many as there are processors
    std::size_t waiting = 64;  ///< pictures that may wait for them
  };

  /// Throws Error as openModel() and makeDetector() do.
  PictureService(const std::filesystem::path& model, const Options& options);
  ~PictureService();  ///< end()
  PictureService(const PictureService&) = delete;
  PictureService& operator=(const PictureService&) = delete;

  const engine::ExportedModel& model() const { return model_; }
  std::string detector() const { return lookers_.front().name(); }

  /// Waits for what is under way; what waits is dropped, and nothing is done any more.
  void end();

  using Done = std::function<void(PictureOutcome)>;

  /// Takes a picture's file and calls `done` once, in a thread of the service. `followed` may be null. False where too
  /// many wait already; then `done` is never called.
  bool submit(std::string bytes, std::shared_ptr<FollowedFaces> followed, Done done);

  std::size_t waiting() const { return waiting_; }  ///< pictures taken and not done

 private:
  struct Job {
    std::string bytes;
    std::shared_ptr<FollowedFaces> followed;
    Done done;
    PictureOutcome outcome;
    std::vector<std::vector<std::uint8_t>> crops;  ///< one a face
    std::vector<int> kept;                         ///< tracks that may be seen again
  };

  void look(Looker& looker);
  void lookAt(Looker& looker, Job& job) const;
  void classify();
  void finish(Job& job, const float* probabilities) const;

  engine::ExportedModel model_;
  Options options_;
  std::vector<Looker> lookers_;
  std::atomic<std::size_t> waiting_ = 0;
  Conveyor<Job> jobs_;
  Conveyor<Job> looked_at_;
  std::vector<std::thread> threads_;
};

}  // namespace fer::serve
