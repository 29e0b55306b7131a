#pragma once

#include <cstddef>

#include "fer/core/child_process.hpp"

namespace fer::serve {

/// What a fer-live may take that works for the server: the server itself goes first.
inline ChildProcess::Terms liveTerms() {
  constexpr std::size_t kMost = std::size_t{4} << 30;
  return {.memory_bytes = kMost, .file_bytes = kMost, .nice = true};
}

}  // namespace fer::serve
