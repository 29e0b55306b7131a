#pragma once

#include "engine/xnnpack/network.hpp"

namespace fer::engine::xnnpack {

/// Which memory each value lies in. Values of which one is no longer needed when the other comes share it.
struct Buffers {
  std::vector<std::size_t> of;     ///< a buffer for each value
  std::vector<std::size_t> sizes;  ///< numbers for one image
};

Buffers buffersOf(const Network& network);

}  // namespace fer::engine::xnnpack
