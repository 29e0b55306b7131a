#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <torch/utils.h>

#include <cstdlib>
#include <utility>

#include "fer/nn/device.hpp"
#include "train/step/rehearsal.hpp"
#include "train/step/static_step.hpp"
#include "train/step/step.hpp"
#include "train/step/work_queue.hpp"

namespace fer::train {
namespace {

constexpr int kRehearsals = 3;  ///< as PyTorch advises before a capture

/// Settings of LibTorch that a fixed batch size allows, or that exact repetition on a GPU needs.
void prepareGpu(bool deterministic) {
  if (deterministic)
    ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);  // without it cuBLAS' products are refused as inexact
  else
    at::globalContext().setBenchmarkCuDNN(true);
}

class RecordedSteps : public StepRunner {
 public:
  RecordedSteps(nn::Network& network, Optimiser& optimiser, const Compute& compute, Loss loss,
                const RecordedOptions& options)
      : network_(network),
        optimiser_(optimiser),
        compute_(compute),
        loss_(std::move(loss)),
        options_(options),
        queue_(compute.device) {
    if (compute.device.is_cuda()) prepareGpu(options.deterministic);
  }
  ~RecordedSteps() override { optimiser_.zeroGradients(); }

  void within(const std::function<void()>& work) override { queue_.run(work); }

  Forward train(const Batch& batch, const at::Tensor& rates) override {
    openStep(batch.images);
    step_->load(batch, rates);
    const Forward result = loadedStep();
    queue_.keepPace();
    return result;
  }

  Forward evaluate(const Batch& batch) override {
    const torch::NoGradGuard no_grad;
    Batch typed = batch;
    typed.images = typed.images.to(nn::computeType(compute_.precision));
    const Forward result = forward(network_, typed);
    queue_.keepPace();
    return result;
  }

  bool waits() const override { return false; }

  std::string description() const override {
    const std::string line = "images, augmentation and steps stay on " + compute_.device.str();
    if (!queue_.limit().empty()) return line + "; steps are enqueued piece by piece: " + queue_.limit();
    return line + (compute_.device.is_cuda() ? "; steps are played from a CUDA graph" : "");
  }

 private:
  /// The gradients lie in the recording's own memory, which goes with it.
  void forgetRecording() {
    optimiser_.zeroGradients();
    recorded_ = {};
    queue_.forget();
  }

  /// Makes the step anew where layers were let go since, or images have another size.
  void openStep(const at::Tensor& images) {
    const ImageShape shape{static_cast<int>(images.size(1)), static_cast<int>(images.size(2)),
                           static_cast<int>(images.size(3))};
    const std::size_t trained = optimiser_.slots().size();
    if (step_ && trained == trained_ && shape == shape_) return;
    forgetRecording();
    step_ = std::make_unique<StaticStep>(network_, optimiser_, options_.batch_size, shape, compute_, loss_);
    trained_ = trained;
    shape_ = shape;
  }

  /// The step over what is loaded. A batch smaller than the others goes another way than the recording.
  Forward loadedStep() {
    nn::seedGenerator(compute_.device, *network_.position());
    if (!step_->full()) return step_->run();
    if (!queue_.recorded()) {
      rehearse(network_, optimiser_, compute_.device, kRehearsals, [this] { step_->run(); });
      queue_.record([this] { recorded_ = step_->run(); });
    }
    queue_.play();
    return recorded_;
  }

  nn::Network& network_;
  Optimiser& optimiser_;
  Compute compute_;
  Loss loss_;
  RecordedOptions options_;
  std::unique_ptr<StaticStep> step_;
  std::size_t trained_ = 0;  ///< parameters that step_ trains
  ImageShape shape_{};       ///< of its images
  Forward recorded_{};       ///< what a recorded step gives, overwritten by each
  WorkQueue queue_;          ///< goes first: its recording refers to the rest
};

}  // namespace

std::unique_ptr<StepRunner> recordedSteps(nn::Network& network, Optimiser& optimiser, const Compute& compute, Loss loss,
                                          const RecordedOptions& options) {
  return std::make_unique<RecordedSteps>(network, optimiser, compute, std::move(loss), options);
}

}  // namespace fer::train
