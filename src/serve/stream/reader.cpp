#include "serve/stream/reader.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/random.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::serve {

double reconnectDelay(std::size_t failures, std::size_t source) {
  constexpr std::array kDelays{1.0, 5.0, 10.0, 60.0};
  constexpr double kLess = 0.8;
  constexpr double kMore = 1.2;
  RandomStream random(static_cast<std::uint32_t>(::getpid()), Purpose::kReconnect, static_cast<std::uint32_t>(failures),
                      static_cast<std::uint32_t>(source));
  return kDelays.at(std::clamp<std::size_t>(failures, 1, kDelays.size()) - 1) * random.uniform(kLess, kMore);
}

Reader::Reader(std::size_t source, const StreamSource& from, video::SourceOptions options, std::int64_t first_frame)
    : source_(source), from_(from), options_(std::move(options)), first_frame_(first_frame), is_live_(from.reopens) {}

void Reader::run(Inbox& inbox, Tally& tally, const Changed& changed) {
  while (!options_.stop()) {
    changed(StreamState::kConnecting, "");
    try {
      readOnce(inbox, tally, changed);
      if (!options_.stop()) changed(StreamState::kEnded, "");
      break;
    } catch (const Error& error) {
      if (options_.stop()) break;
      if (!is_live_) {
        changed(StreamState::kFailed, error.what());
        break;
      }
      tally.change(source_, [](StreamCounts& counts) { ++counts.failures; });
      const double delay = reconnectDelay(++failures_, source_);
      changed(StreamState::kDown, std::string(error.what()) + " Again in " + fixed(delay, 0) + " s.");
      wait(delay);
    }
  }
  inbox.end(source_);
}

void Reader::readOnce(Inbox& inbox, Tally& tally, const Changed& changed) {
  const std::unique_ptr<video::FrameSource> source = from_.open(options_);
  is_live_ = source->info().is_live;
  if (is_live_) tally.setLive(source_);
  std::int64_t damaged = 0;
  for (bool is_first = true; !options_.stop(); is_first = false) {
    std::optional<video::Frame> frame = source->next();
    tally.change(source_, [&](StreamCounts& counts) { counts.damaged += source->damaged() - damaged; });
    damaged = source->damaged();
    if (!frame && is_live_) throw dataError(from_.name + ": the stream ended.");
    if (!frame) return;
    if (is_first) {
      begin(*frame);
      changed(StreamState::kLive, "");
    }
    push(std::move(*frame), inbox, tally);
  }
}

void Reader::begin(const video::Frame& frame) {
  failures_ = 0;
  if (!is_live_) return;
  const auto now = std::chrono::steady_clock::now();
  if (frames_ == 0) start_ = now;
  shift_ = std::chrono::duration<double>(now - start_).count() - frame.time_s;
}

void Reader::push(video::Frame frame, Inbox& inbox, Tally& tally) {
  const bool is_done = frames_ < first_frame_;
  frame.index = frames_++;
  if (is_done) return;
  frame.time_s += shift_;
  const bool replaced = inbox.put(source_, std::move(frame), is_live_);
  tally.change(source_, [&](StreamCounts& counts) {
    ++counts.captured;
    if (replaced) ++counts.replaced;
  });
}

void Reader::wait(double seconds) const {
  constexpr std::chrono::milliseconds kLook(50);
  const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (!options_.stop() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(kLook);
}

}  // namespace fer::serve
