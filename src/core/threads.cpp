#include "fer/core/threads.hpp"

#include <system_error>
#include <thread>
#include <vector>

namespace fer {

void onThreads(unsigned threads, const std::function<void()>& work) {
  std::vector<std::jthread> others;
  try {
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  } catch (const std::system_error&) {
    // The machine grants no more threads.
  }
  work();
}

}  // namespace fer
