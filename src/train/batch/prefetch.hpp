#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/nn/device.hpp"

namespace fer::train {

/// Items made ahead of their use by threads of its own, handed out in order: make(begin), make(begin + 1) ... to end
/// - 1. `make` is called from several threads at once and must depend on its index alone; then so does everything
/// handed out. With no threads the items are made when asked for.
template <class Item>
class Prefetch {
 public:
  using Make = std::function<Item(std::size_t index)>;

  /// No more threads than items. Throws Error where the system grants fewer.
  Prefetch(Make make, std::size_t begin, std::size_t end, std::size_t threads)
      : make_(std::move(make)), next_made_(begin), next_taken_(begin), end_(end) {
    threads = std::min(threads, end - begin);
    slots_.resize(kAhead + threads);
    threads_.reserve(threads);
    try {
      while (threads_.size() < threads) threads_.emplace_back([this] { work(); });
    } catch (const std::system_error& error) {
      stop();
      throw Error(Fault::kOther, "machine.loader_threads: the system grants " + std::to_string(threads_.size()) +
                                     " threads of the " + std::to_string(threads) + " that are to load images (" +
                                     error.code().message() + "). Give fewer, or raise the limit (ulimit -u).");
    }
  }

  ~Prefetch() { stop(); }

  Prefetch(const Prefetch&) = delete;
  Prefetch& operator=(const Prefetch&) = delete;

  /// The next item; none after the last. Throws what `make` threw for it.
  std::optional<Item> next() {
    if (next_taken_ == end_) return std::nullopt;
    if (threads_.empty()) return make_(next_taken_++);
    std::unique_lock lock(mutex_);
    Slot& slot = slots_[next_taken_ % slots_.size()];
    changed_.wait(lock, [&] { return slot.item || slot.failure; });
    if (slot.failure) std::rethrow_exception(slot.failure);
    std::optional<Item> item = std::exchange(slot.item, std::nullopt);
    ++next_taken_;
    lock.unlock();
    changed_.notify_all();
    return item;
  }

 private:
  static constexpr std::size_t kAhead = 3;  ///< enough that a step never waits for a batch that is nearly done

  struct Slot {
    std::optional<Item> item;
    std::exception_ptr failure;
  };

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void work() {
    nn::computeAlone();
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock,
                    [this] { return stopped_ || next_made_ == end_ || next_made_ < next_taken_ + slots_.size(); });
      if (stopped_ || next_made_ == end_) return;
      const std::size_t index = next_made_++;
      lock.unlock();
      Slot made;
      try {
        made.item = make_(index);
      } catch (...) {
        made.failure = std::current_exception();
      }
      lock.lock();
      slots_[index % slots_.size()] = std::move(made);
      changed_.notify_all();
    }
  }

  Make make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_made_;
  std::size_t next_taken_;
  std::size_t end_;
  std::vector<Slot> slots_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fer::train
