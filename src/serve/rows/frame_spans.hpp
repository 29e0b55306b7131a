#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "fer/serve/frame_result.hpp"

namespace fer::serve {

/// How long each frame stood: until the next analysed frame of its source, but at most a second, since nobody knows
/// what was to be seen while a stream was down; the last one as long as the one before it, a lone frame 1/25 s.
class FrameSpans {
 public:
  using Take = std::function<void(const FrameResult& result, double seconds)>;

  FrameSpans(std::size_t sources, Take take);

  /// Hands on the frame before it of the same source.
  void add(const FrameResult& result);
  /// Hands on the last frame of each source; to be called once.
  void end();

 private:
  struct Source {
    std::optional<FrameResult> last;
    double seconds = 0;  ///< of the frame before `last`
  };
  std::vector<Source> sources_;
  Take take_;
};

}  // namespace fer::serve
