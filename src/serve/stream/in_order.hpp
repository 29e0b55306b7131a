#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

namespace fer::serve {

/// Puts things that several threads finish in any order back in order. Any thread.
template <class Thing>
class InOrder {
 public:
  /// `number` counts from 0 without gaps. Calls `next` for this thing and those behind it whose turn has come, in their
  /// order, never two at a time: where another thread is at it, that one goes on with this thing.
  void put(std::uint64_t number, Thing thing, const std::function<void(Thing)>& next) {
    std::unique_lock lock(mutex_);
    waiting_.emplace(number, std::move(thing));
    if (at_work_) return;
    at_work_ = true;
    while (!waiting_.empty() && waiting_.begin()->first == turn_) {
      Thing first = std::move(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++turn_;
      lock.unlock();
      next(std::move(first));
      lock.lock();
    }
    at_work_ = false;
  }

 private:
  std::mutex mutex_;
  std::map<std::uint64_t, Thing> waiting_;
  std::uint64_t turn_ = 0;
  bool at_work_ = false;
};

}  // namespace fer::serve
