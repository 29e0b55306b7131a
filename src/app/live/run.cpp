#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "app/live/begun.hpp"
#include "app/live/drawing.hpp"
#include "app/live/live_files.hpp"
#include "app/live/live_text.hpp"
#include "app/live/window.hpp"
#include "fer/core/error.hpp"
#include "fer/core/interrupt.hpp"

namespace fer::app {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<serve::StreamSource> sourcesOf(const LiveRequest& request) {
  std::vector<serve::StreamSource> sources;
  for (const std::string& name : request.sources) sources.push_back(serve::fileOrAddress(name));
  for (const int number : request.cameras) sources.push_back(serve::camera(number));
  return sources;
}

serve::PipelineOptions pipelineOptions(const LiveRequest& request) {
  constexpr double kStatePeriod = 2;  // seconds of work that a kill may cost
  serve::PipelineOptions options = request.pipeline;
  options.state_period_s = request.csv.empty() ? 0 : kStatePeriod;
  options.keep_pictures = !request.out.empty() || request.window;
  return options;
}

bool hasLiveSource(const LiveRequest& request) {
  return !request.cameras.empty() || std::any_of(request.sources.begin(), request.sources.end(), video::isAddress);
}

/// Frames that all files state to have; 0 where one does not.
std::size_t expectedFrames(const LiveRequest& request) {
  double frames = 0;
  if (hasLiveSource(request)) return 0;
  for (const std::string& name : request.sources) {
    try {
      const video::SourceInfo info = video::openVideo(name, {})->info();
      if (!info.duration_s || info.fps <= 0) return 0;
      frames += *info.duration_s * info.fps;
    } catch (const Error&) {
      continue;  // the pipeline says so
    }
  }
  return static_cast<std::size_t>(frames);
}

/// One analysis from its sources to its files.
class LiveRun {
 public:
  explicit LiveRun(const LiveRequest& request)
      : request_(request),
        pipeline_(sourcesOf(request), request.model, request.engine, pipelineOptions(request)),
        source_(resultSource()),
        text_(std::cout, std::cerr, source_, printsLines()) {}

  int run() {
    if (!request_.out.empty()) videos_.emplace(request_.out, request_, source_);
    openFiles();
    if (is_complete_) return 0;
    if (request_.window) window_.emplace("fer-live", source_.sources.size());
    start_ = Clock::now();
    pipeline_.run(
        {[this](serve::AnalysedFrame&& frame) { take(frame); },
         [this](auto source, auto state, const auto& why) { changed(source, state, why); },
         [this](const std::string& message) { text_.say(message); }, [this] { tick(); }},
        [this] { return shallStop(); }, begun_ ? begun_->parts() : std::vector<serve::Pipeline::Part>());
    return end();
  }

 private:
  serve::ResultSource resultSource() const {
    serve::ResultSource source{{},
                               pipeline_.model().description.spec.classes,
                               request_.model.string(),
                               pipeline_.model().engine,
                               pipeline_.detector()};
    for (const serve::StreamSource& from : sourcesOf(request_)) source.sources.push_back(from.name);
    return source;
  }

  /// Where nothing else shows what is found.
  bool printsLines() const {
    const bool has_file = !request_.csv.empty() || !request_.jsonl.empty() || !request_.out.empty() ||
                          !request_.summary.empty() || !request_.timeline.empty();
    return !request_.window && request_.jsonl != "-" && request_.aggregate.empty() &&
           (hasLiveSource(request_) || !has_file);
  }

  void openFiles() {
    const bool is_live = hasLiveSource(request_);
    if (!request_.csv.empty() && !is_live) begun_.emplace(request_, source_, pipeline_);
    if (begun_ && begun_->isComplete()) {
      text_.say(request_.csv.string() + " is complete: nothing is left to do");
      is_complete_ = true;
      return;
    }
    std::size_t done = 0;
    if (begun_ && begun_->goesOn()) {
      begun_->cutRows();
      const serve::RowsRead read = files_.emplace(request_, source_, is_live).goOn(request_.csv, source_);
      done = static_cast<std::size_t>(read.frames);
    } else {
      if (begun_) begun_->save();
      files_.emplace(request_, source_, is_live).begin(request_.csv, source_);
    }
    text_.expect(expectedFrames(request_), done, ::isatty(STDERR_FILENO) != 0);
  }

  void take(const serve::AnalysedFrame& frame) {
    files_->write(frame.result);
    text_.take(frame.result);
    if (videos_ || window_) {
      cv::Mat picture = drawn(frame, source_.classes);
      if (videos_) videos_->write(frame.result.source, picture, frame.result.time_s);
      if (window_) window_->show(frame.result.source, std::move(picture));
    }
    if (!begun_ || !frame.state) return;
    files_->flush();
    begun_->note(frame);
  }

  void changed(std::size_t source, serve::StreamState state, const std::string& why) {
    if (state == serve::StreamState::kFailed) has_failed_ = true;
    text_.changed(source, state, why);
  }

  void tick() {
    if (window_ && !window_->look()) is_closed_ = true;
    constexpr std::chrono::seconds kFlush(1);
    if (const Clock::time_point now = Clock::now(); now - flushed_ > kFlush) {
      flushed_ = now;
      files_->flush();
    }
  }

  bool shallStop() const { return interruptSignal() != 0 || is_closed_ || isTimeOver(); }

  bool isTimeOver() const {
    return request_.seconds > 0 && Clock::now() - start_ > std::chrono::duration<double>(request_.seconds);
  }

  int end() {
    files_->end();
    if (videos_)
      for (const std::string& note : videos_->finish()) text_.say(note);
    text_.summary(pipeline_.counts(), std::chrono::duration<double>(Clock::now() - start_).count());
    constexpr int kSignalled = 128;
    if (interruptSignal() != 0) {
      if (begun_) text_.say("stopped; the same command with --resume goes on");
      return kSignalled + interruptSignal();
    }
    if (has_failed_) return static_cast<int>(Fault::kData);
    const std::vector<serve::StreamCounts> counts = pipeline_.counts();
    const bool is_whole = std::all_of(counts.begin(), counts.end(), [](const serve::StreamCounts& count) {
      return count.state == serve::StreamState::kEnded;
    });
    if (begun_ && is_whole) begun_->finish();
    return 0;
  }

  const LiveRequest& request_;
  serve::Pipeline pipeline_;
  serve::ResultSource source_;
  LiveText text_;
  std::optional<Begun> begun_;
  std::optional<LiveFiles> files_;
  std::optional<DrawnVideos> videos_;
  std::optional<Window> window_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point flushed_ = start_;
  bool is_closed_ = false;
  bool has_failed_ = false;
  bool is_complete_ = false;
};

}  // namespace

int live(const LiveRequest& request) {
  watchInterrupts();
  return LiveRun(request).run();
}

}  // namespace fer::app
