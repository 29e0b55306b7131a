#pragma once

#include <c10/core/Device.h>

#include <functional>
#include <memory>
#include <string>

namespace fer::train {

class CudaQueue;

/// Where a training's work for its device waits: a stream of its own on a GPU, and a recording of the work that is the
/// same at every step. On the CPU work is done at once, and a recording is the function itself. One thread at a time;
/// queues of several threads do not disturb each other.
class WorkQueue {
 public:
  explicit WorkQueue(c10::Device device);
  ~WorkQueue();

  /// Calls `work`; what it gives the device follows what the device was given before, and what comes after follows it.
  void run(const std::function<void()>& work);

  /// Records what `work` enqueues, in place of an earlier recording; on a GPU nothing is computed by that. Within
  /// run(). `work` asks for no number of the device; what it refers to stays where it is while the recording is played.
  void record(std::function<void()> work);

  /// Enqueues what was recorded. Within run().
  void play();

  /// Forgets the recording.
  void forget();
  bool recorded() const { return static_cast<bool>(work_); }

  /// Why, on a GPU, recorded work is nevertheless enqueued piece by piece, which costs the host more; empty: it is not.
  const std::string& limit() const { return limit_; }

  /// Called after every step: waits where the device has more than a few steps before it, so that a question after a
  /// step means something.
  void keepPace();

 private:
  std::unique_ptr<CudaQueue> cuda_;  ///< null: no GPU, or no CUDA in this build
  std::function<void()> work_;
  std::string limit_;
};

}  // namespace fer::train
