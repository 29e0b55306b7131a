#pragma once

#include <exception>
#include <functional>
#include <thread>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/train/parallel/process_group.hpp"
#include "support/free_port.hpp"

namespace fer::test {

/// Calls `work` in as many threads as there are to be processes, each a member of one group over loopback. Throws what
/// the first of them threw.
inline void asProcesses(int size, const std::function<void(train::ProcessGroup&)>& work) {
  const int port = freePort();
  std::vector<std::exception_ptr> failures(static_cast<std::size_t>(size));
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(size));
  for (int rank = 0; rank < size; ++rank)
    threads.emplace_back([&, rank] {
      try {
        const auto group = train::ProcessGroup::join({rank, size, rank, size, "127.0.0.1", port, false});
        work(*group);
      } catch (...) {
        failures[static_cast<std::size_t>(rank)] = std::current_exception();
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace fer::test
