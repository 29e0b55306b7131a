#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fer/serve/stream/pipeline.hpp"
#include "serve/analysis/conveyor.hpp"
#include "serve/analysis/looker.hpp"
#include "serve/stream/followed_stream.hpp"
#include "serve/stream/in_order.hpp"
#include "serve/stream/inbox.hpp"
#include "serve/stream/load_control.hpp"
#include "serve/stream/recognition.hpp"
#include "serve/stream/tally.hpp"

namespace fer::serve {

/// One run of a Pipeline: its threads, and what they hand each other.
///
///     Reader (a thread a source) -> Inbox -> Looker (some threads) -> InOrder, FollowedStream -> Conveyor
///       -> Recognition (a thread) -> Conveyor -> listener (the caller's thread)
class PipelineRun {
 public:
  PipelineRun(const std::vector<StreamSource>& sources, const PipelineOptions& options, predict::Predictor& predictor,
              const data::Preprocess& preprocess, std::vector<Looker>& lookers,
              const std::vector<Pipeline::Part>& parts);
  ~PipelineRun();

  void run(const Pipeline::Listener& listener, const std::function<bool()>& stop);
  std::vector<StreamCounts> counts() const { return tally_.counts(); }

 private:
  using Clock = std::chrono::steady_clock;

  struct Stream {
    explicit Stream(FollowedStream stream) : followed(std::move(stream)) {}
    FollowedStream followed;
    InOrder<LookedAt> order;
    Clock::time_point stated;  ///< when the last state was taken
  };
  struct Event {
    std::size_t source;
    StreamState state;
    std::string why;
  };
  /// What is watched of a live source.
  struct Watched {
    std::int64_t captured = 0;
    Clock::time_point moved = Clock::now();  ///< when `captured` last grew
  };

  void begin();
  void inThread(std::function<void()> work);
  void abort();

  void read(std::size_t source);
  void look(Looker& looker);
  void follow(LookedAt seen);
  void recognise();

  void handOut(const Pipeline::Listener& listener);
  void deliver(AnalysedFrame frame, const Pipeline::Listener& listener);
  void tellEvents(const Pipeline::Listener& listener);
  void setState(const Event& event, const Pipeline::Listener& listener);
  void watch(const Pipeline::Listener& listener);

  const std::vector<StreamSource>& sources_;
  const PipelineOptions& options_;
  std::vector<Looker>& lookers_;
  std::vector<Pipeline::Part> parts_;
  Inbox inbox_;
  std::vector<std::unique_ptr<Stream>> streams_;
  Conveyor<Followed> to_recognise_;
  Recognition recognition_;
  Conveyor<AnalysedFrame> results_;
  Tally tally_;
  LoadControl load_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point watched_at_ = start_;
  std::vector<Watched> watched_;

  std::vector<std::thread> threads_;
  std::atomic<std::size_t> looking_;  ///< threads that may still bring something
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;  ///< of the next two
  std::vector<Event> events_;
  std::exception_ptr failure_;
};

}  // namespace fer::serve
