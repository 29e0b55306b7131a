#include "serve/stream/run.hpp"

#include <algorithm>
#include <utility>

#include "serve/stream/reader.hpp"

namespace fer::serve {
namespace {

constexpr std::size_t kMostTogether = 32;  ///< frames that are classified together
constexpr std::chrono::milliseconds kPatience(5);
constexpr std::chrono::milliseconds kTick(50);
constexpr std::chrono::milliseconds kWatch(500);
constexpr std::chrono::seconds kStalledAfter(2);

std::vector<Rate> firstDetections(std::size_t sources, const std::vector<Pipeline::Part>& parts) {
  std::vector<Rate> rates(sources);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].state) rates[i] = Rate(parts[i].state->at("next_detection").get<double>());
  return rates;
}

/// Seconds between two of so many a second; 0 a second: every time.
double period(double rate, double times) {
  return rate > 0 ? times / rate : 0;
}

}  // namespace

PipelineRun::PipelineRun(const std::vector<StreamSource>& sources, const PipelineOptions& options,
                         predict::Predictor& predictor, const data::Preprocess& preprocess,
                         std::vector<Looker>& lookers, const std::vector<Pipeline::Part>& parts)
    : sources_(sources),
      options_(options),
      lookers_(lookers),
      parts_(parts.empty() ? std::vector<Pipeline::Part>(sources.size()) : parts),
      inbox_(firstDetections(sources.size(), parts), lookers.size()),
      to_recognise_(kMostTogether),
      recognition_(predictor, options, sources.size()),
      results_(kMostTogether),
      tally_(sources.size()),
      watched_(sources.size()),
      looking_(lookers.size()) {
  for (std::size_t source = 0; source < sources.size(); ++source) {
    streams_.push_back(std::make_unique<Stream>(FollowedStream(source, options, preprocess)));
    if (!parts_[source].state) continue;
    streams_[source]->followed.restore(*parts_[source].state);
    recognition_.restore(source, *parts_[source].state);
  }
}

PipelineRun::~PipelineRun() {
  abort();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

void PipelineRun::run(const Pipeline::Listener& listener, const std::function<bool()>& stop) {
  begin();
  while (!results_.isOver()) {
    if (stop() && !stopping_.exchange(true)) inbox_.close();
    handOut(listener);
  }
  for (std::thread& thread : threads_) thread.join();
  tellEvents(listener);
  if (failure_) std::rethrow_exception(failure_);
}

void PipelineRun::begin() {
  for (std::size_t source = 0; source < sources_.size(); ++source) inThread([this, source] { read(source); });
  for (Looker& looker : lookers_) inThread([this, &looker] { look(looker); });
  inThread([this] { recognise(); });
}

void PipelineRun::inThread(std::function<void()> work) {
  threads_.emplace_back([this, work = std::move(work)] {
    try {
      work();
    } catch (...) {
      {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
      }
      abort();
    }
  });
}

void PipelineRun::abort() {
  stopping_ = true;
  inbox_.close();
  to_recognise_.close();
  results_.close();
}

void PipelineRun::read(std::size_t source) {
  // A file that is alone may decode in as many threads as look for faces.
  const int threads = sources_.size() == 1 ? static_cast<int>(lookers_.size()) : 1;
  Reader reader(source, sources_[source], {threads, options_.timeout_s, [this] { return stopping_.load(); }},
                parts_[source].first_frame);
  reader.run(inbox_, tally_, [this, source](StreamState state, const std::string& why) {
    const std::lock_guard lock(mutex_);
    events_.push_back({source, state, why});
  });
}

void PipelineRun::look(Looker& looker) {
  while (auto ticket = inbox_.take(period(options_.detections_per_second, load_.level().detection_period))) {
    const Clock::time_point start = Clock::now();
    const std::size_t source = ticket->source;
    const std::uint64_t number = ticket->number;
    LookedAt seen{std::move(*ticket), {}, {}};
    if (seen.ticket.detect) {
      seen.picture = seen.ticket.frame.picture();
      seen.found = looker.look(seen.picture, load_.level().detector_side);
      tally_.change(source, [](StreamCounts& counts) { ++counts.detections; });
    }
    streams_[source]->order.put(number, std::move(seen), [this, source](LookedAt next) {
      follow(std::move(next));
      inbox_.done(source);  // not before: else frames pile up where one thread follows and others look
    });
    tally_.addWork(std::chrono::duration<double>(Clock::now() - start).count());
  }
  if (--looking_ == 0) to_recognise_.end();
}

void PipelineRun::follow(LookedAt seen) {
  Stream& stream = *streams_[seen.ticket.source];
  Followed followed = stream.followed.follow(
      std::move(seen), period(options_.classifications_per_second, load_.level().classification_period));
  const Clock::time_point now = Clock::now();
  if (options_.state_period_s > 0 && now - stream.stated > std::chrono::duration<double>(options_.state_period_s)) {
    followed.frame.state = stream.followed.state();
    stream.stated = now;
  }
  if (!options_.keep_pictures) {
    followed.frame.frame.pixels.reset();
    followed.frame.picture.release();
  }
  to_recognise_.put(std::move(followed));
}

void PipelineRun::recognise() {
  while (!to_recognise_.isOver()) {
    std::vector<Followed> frames = to_recognise_.take(kMostTogether, kPatience);
    recognition_.recognise(frames);
    for (Followed& followed : frames) results_.put(std::move(followed.frame));
  }
  results_.end();
}

void PipelineRun::handOut(const Pipeline::Listener& listener) {
  std::vector<AnalysedFrame> frames = results_.take(kMostTogether, std::chrono::milliseconds(0), kTick);
  tellEvents(listener);
  for (AnalysedFrame& frame : frames) deliver(std::move(frame), listener);
  if (const Clock::time_point now = Clock::now(); now - watched_at_ > kWatch) {
    watched_at_ = now;
    watch(listener);
  }
  listener.tick();
}

void PipelineRun::deliver(AnalysedFrame frame, const Pipeline::Listener& listener) {
  const FrameResult& result = frame.result;
  const std::chrono::duration<double> latency = std::chrono::system_clock::now() - result.wall_time;
  tally_.addLatency(result.source, latency.count());
  tally_.change(result.source, [&](StreamCounts& counts) {
    ++counts.analysed;
    counts.time_s = result.time_s;
    counts.classified += std::count_if(result.faces.begin(), result.faces.end(),
                                       [](const FaceResult& face) { return !face.probabilities.empty(); });
  });
  listener.take(std::move(frame));
}

void PipelineRun::tellEvents(const Pipeline::Listener& listener) {
  std::vector<Event> events;
  {
    const std::lock_guard lock(mutex_);
    events.swap(events_);
  }
  for (const Event& event : events) setState(event, listener);
}

void PipelineRun::setState(const Event& event, const Pipeline::Listener& listener) {
  tally_.change(event.source, [&](StreamCounts& counts) { counts.state = event.state; });
  watched_[event.source].moved = Clock::now();
  listener.changed(event.source, event.state, event.why);
}

void PipelineRun::watch(const Pipeline::Listener& listener) {
  const Clock::time_point now = Clock::now();
  const std::vector<StreamCounts> counts = tally_.counts();
  for (std::size_t source = 0; source < counts.size(); ++source) {
    const StreamCounts& count = counts[source];
    Watched& watched = watched_[source];
    const bool moves = count.captured != std::exchange(watched.captured, count.captured);
    if (moves) watched.moved = now;
    if (!sources_[source].reopens) continue;
    if (count.state == StreamState::kLive && now - watched.moved > kStalledAfter)
      setState({source, StreamState::kStalled, "no frame for 2 s"}, listener);
    else if (count.state == StreamState::kStalled && moves)
      setState({source, StreamState::kLive, ""}, listener);
  }
  const LoadSample sample = tally_.sample(std::chrono::duration<double>(now - start_).count(),
                                          options_.detections_per_second, static_cast<int>(lookers_.size()));
  if (sample.sources == 0) return;
  if (const auto message = load_.look(sample)) listener.said(*message);
}

}  // namespace fer::serve
