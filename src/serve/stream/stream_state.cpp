#include "fer/serve/stream/stream_state.hpp"

#include <array>

namespace fer::serve {

std::string nameOf(StreamState state) {
  constexpr std::array kNames{"connecting", "live", "stalled", "down", "ended", "failed"};
  return kNames.at(static_cast<std::size_t>(state));
}

}  // namespace fer::serve
