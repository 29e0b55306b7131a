#pragma once

#include <functional>

namespace fer {

/// Calls `work` in `threads` threads at once, this one among them, and waits for all. Where the machine grants fewer
/// threads, fewer do the same work: it takes its share from what all have in common. `work` must not throw.
void onThreads(unsigned threads, const std::function<void()>& work);

}  // namespace fer
