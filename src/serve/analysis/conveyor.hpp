#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace fer::serve {

/// Things handed from some threads to one, in the order in which they came; who brings more than there is room for
/// waits. Any thread.
template <class Thing>
class Conveyor {
 public:
  explicit Conveyor(std::size_t room) : room_(room) {}

  /// Dropped after close().
  void put(Thing thing) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || things_.size() < room_; });
    if (closed_) return;
    things_.push_back(std::move(thing));
    changed_.notify_all();
  }

  /// What is there as soon as there is one, `most` at most; where fewer are there it waits up to `patience` for others
  /// to come along. Nothing when the end has come, see isOver(), or when none came for `limit`.
  std::vector<Thing> take(std::size_t most, std::chrono::milliseconds patience,
                          std::chrono::milliseconds limit = std::chrono::hours(1)) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, limit, [&] { return ended_ || closed_ || !things_.empty(); });
    if (!things_.empty())
      changed_.wait_for(lock, patience, [&] { return ended_ || closed_ || things_.size() >= most; });
    std::vector<Thing> taken;
    while (!things_.empty() && taken.size() < most) {
      taken.push_back(std::move(things_.front()));
      things_.pop_front();
    }
    changed_.notify_all();
    return taken;
  }

  /// None is there and none will come.
  bool isOver() {
    const std::lock_guard lock(mutex_);
    return closed_ || (ended_ && things_.empty());
  }

  /// No more come; what is there is still given out.
  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  /// Nobody takes any more: what is there is dropped, and nobody waits.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    things_.clear();
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Thing> things_;
  std::size_t room_;
  bool ended_ = false;
  bool closed_ = false;
};

}  // namespace fer::serve
