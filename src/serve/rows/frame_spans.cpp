#include "serve/rows/frame_spans.hpp"

#include <algorithm>
#include <utility>

namespace fer::serve {

FrameSpans::FrameSpans(std::size_t sources, Take take) : sources_(sources), take_(std::move(take)) {
  constexpr double kLone = 1 / 25.0;
  for (Source& source : sources_) source.seconds = kLone;
}

void FrameSpans::add(const FrameResult& result) {
  constexpr double kLongest = 1;
  Source& source = sources_[result.source];
  if (source.last) {
    source.seconds = std::clamp(result.time_s - source.last->time_s, 0.0, kLongest);
    take_(*source.last, source.seconds);
  }
  source.last = result;
}

void FrameSpans::end() {
  for (const Source& source : sources_)
    if (source.last) take_(*source.last, source.seconds);
}

}  // namespace fer::serve
