#pragma once

#include <functional>
#include <memory>
#include <string>

#include "fer/nn/network.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/compute.hpp"
#include "train/optim/optimiser.hpp"
#include "train/step/loss.hpp"

namespace fer::train {

/// What a batch gives, still on its device: nothing of it has been waited for.
struct Forward {
  at::Tensor loss;     ///< of the whole batch, with its soft targets where it has any; float
  at::Tensor correct;  ///< how many images are classified rightly, int64
};

/// `batch` lies on the network's device, in the type that the network is to compute in.
Forward forward(nn::Network& network, const Batch& batch, const Loss& loss = {});

/// How a batch is computed. The batch may lie anywhere. Network's position is set by the caller. One thread at a time.
class StepRunner {
 public:
  virtual ~StepRunner() = default;

  /// Calls `work`, within which everything else here is called: on a GPU that work has a stream of its own.
  virtual void within(const std::function<void()>& work) = 0;

  /// Forward, backward, update with the optimiser's row of rates, which lies on the device. Network in training mode.
  /// The optimiser's count of steps is the caller's matter. What is returned stands until the next call.
  virtual Forward train(const Batch& batch, const at::Tensor& rates) = 0;

  /// Forward only. Network in evaluation mode.
  virtual Forward evaluate(const Batch& batch) = 0;

  /// Whether the numbers of a step are to be asked for at once. Where they are not, the device is kept busy, and a
  /// loss that is not finite has spoilt the weights by the time that it is read.
  virtual bool waits() const = 0;

  /// How the steps are done, where that is worth a line of the log; else empty. May change with the first step.
  virtual std::string description() const = 0;
};

class Reducer;

/// As they are called. The network stays untouched by a step whose loss is not finite. `reducer` puts the shares of
/// several processes together; null: there is one. All that is given outlives it.
std::unique_ptr<StepRunner> eagerSteps(nn::Network& network, Optimiser& optimiser, const Compute& compute,
                                       Loss loss = {}, const Reducer* reducer = nullptr);

/// What recorded steps need to know beforehand.
struct RecordedOptions {
  std::int64_t batch_size;  ///< largest
  bool deterministic = false;
};

/// Recorded once and played for every batch of full size; see StaticStep. Anew where the optimiser took parameters in,
/// or images have another size. On the CPU nothing is recorded, and it serves tests. Network and optimiser outlive it.
std::unique_ptr<StepRunner> recordedSteps(nn::Network& network, Optimiser& optimiser, const Compute& compute, Loss loss,
                                          const RecordedOptions& options);

}  // namespace fer::train
