#include "train/step/resident_training.hpp"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <torch/utils.h>

#include <algorithm>
#include <cstdlib>

#include "fer/nn/device.hpp"
#include "train/batch/mixing.hpp"
#include "train/step/rehearsal.hpp"

namespace fer::train {
namespace {

constexpr int kRehearsals = 3;  ///< as PyTorch advises before a capture

/// Loss and correct count of some batches, kept on the device until all are through.
class Table {
 public:
  Table(std::size_t batches, c10::Device device)
      : rows_(at::empty({static_cast<std::int64_t>(batches), 2}, at::TensorOptions(at::kDouble).device(device))) {}

  void add(const Forward& result, std::int64_t images) {
    const at::Tensor row = rows_.select(0, static_cast<std::int64_t>(images_.size()));
    row.select(0, 0).copy_(result.loss);
    row.select(0, 1).copy_(result.correct);
    images_.push_back(images);
  }

  /// Waits for the device.
  std::vector<Sums> read() const {
    const at::Tensor here = rows_.cpu();
    const double* number = here.data_ptr<double>();
    std::vector<Sums> list;
    for (const std::int64_t images : images_) {
      list.push_back({number[0] * static_cast<double>(images), static_cast<std::int64_t>(number[1]), images});
      number += 2;
    }
    return list;
  }

 private:
  at::Tensor rows_;
  std::vector<std::int64_t> images_;
};

/// Validation keeps no activations for a backward pass, so its batches may be larger; by pixels, not by images, since
/// some networks enlarge them first.
std::int64_t validationBatch(const Experiment& experiment, ImageShape shape) {
  constexpr std::int64_t kPixels = std::int64_t{512} * 48 * 48;
  const graph::InputOptions& input = experiment.model.input;
  const std::int64_t height = input.height != 0 ? input.height : shape.height;
  const std::int64_t width = input.width != 0 ? input.width : shape.width;
  return std::max<std::int64_t>(experiment.train.batch_size, kPixels / (height * width));
}

/// Settings of LibTorch that a fixed batch size allows, or that exact repetition on a GPU needs.
void prepareGpu(bool deterministic) {
  if (deterministic)
    ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);  // without it cuBLAS' products are refused as inexact
  else
    at::globalContext().setBenchmarkCuDNN(true);
}

}  // namespace

ResidentTraining::ResidentTraining(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                                   Optimiser& optimiser, const Compute& compute)
    : experiment_(experiment),
      data_(data),
      network_(network),
      optimiser_(optimiser),
      compute_(compute),
      batches_(data.dataset, experiment.augment, experiment.preprocess, experiment.train.seed,
               static_cast<std::size_t>(experiment.train.batch_size), compute.device),
      validation_(batches_.upload(data.validation)),
      queue_(compute.device) {
  if (compute.device.is_cuda()) prepareGpu(experiment.train.deterministic);
}

ResidentTraining::~ResidentTraining() {
  optimiser_.zeroGradients();
}

/// The gradients lie in the recording's own memory, which goes with it.
void ResidentTraining::forgetRecording() {
  optimiser_.zeroGradients();
  recorded_ = {};
  queue_.forget();
}

/// Makes the step anew where layers were let go since.
void ResidentTraining::openStep() {
  const std::size_t trained = optimiser_.slots().size();
  if (step_ && trained == trained_) return;
  forgetRecording();
  step_ = std::make_unique<StaticStep>(
      network_, optimiser_, experiment_.train.batch_size, batches_.augmentedShape(), compute_,
      trainingLoss(experiment_.train.loss, data_.dataset, data_.train, compute_.device));
  trained_ = trained;
}

/// The step over what is loaded. A batch smaller than the others goes another way than the recording.
Forward ResidentTraining::stepOnce() {
  nn::seedGenerator(compute_.device, *network_.position());
  if (!step_->full()) return step_->run();
  if (!queue_.recorded()) {
    rehearse(network_, optimiser_, compute_.device, kRehearsals, [this] { step_->run(); });
    queue_.record([this] { recorded_ = step_->run(); });
  }
  queue_.play();
  return recorded_;
}

std::vector<Sums> ResidentTraining::train(std::span<const std::uint32_t> order, std::uint32_t epoch, std::size_t begin,
                                          std::span<const double> lrs, const GoOn& go_on) {
  const std::size_t end = begin + lrs.size();
  const auto classes = static_cast<std::int64_t>(data_.dataset.classes().size());
  std::vector<Sums> done;
  queue_.run([&] {
    openStep();
    batches_.beginEpoch(order, epoch);
    const at::Tensor rates = optimiser_.rates(lrs).to(compute_.device);
    Table table(end - begin, compute_.device);
    bool wanted = true;
    for (std::size_t step = begin; step < end && wanted; ++step) {
      const BatchPlace place{experiment_.train.seed, epoch, static_cast<std::uint32_t>(step)};
      const Batch batch = mixed(experiment_.train.mix, place, batches_.augmented(step), classes);
      network_.position()->epoch = epoch;
      network_.position()->step = static_cast<std::uint32_t>(step);
      step_->load(batch, rates.select(0, static_cast<std::int64_t>(step - begin)));
      const std::int64_t images = batch.labels.size(0);
      table.add(stepOnce(), images);
      queue_.keepPace();
      wanted = go_on(images);
    }
    done = table.read();
  });
  optimiser_.countSteps(static_cast<std::int64_t>(done.size()));
  return done;
}

std::vector<Sums> ResidentTraining::validate(const GoOn& go_on) {
  const torch::NoGradGuard no_grad;
  network_.eval();
  const std::int64_t size = validationBatch(experiment_, data_.dataset.shape());
  const std::int64_t total = validation_.size(0);
  std::vector<Sums> done;
  queue_.run([&] {
    Table table(static_cast<std::size_t>((total + size - 1) / size), compute_.device);
    bool wanted = true;
    for (std::int64_t begin = 0; begin < total && wanted; begin += size) {
      Batch batch = batches_.plain(validation_.narrow(0, begin, std::min(size, total - begin)));
      batch.images = batch.images.to(nn::computeType(compute_.precision));
      const std::int64_t images = batch.labels.size(0);
      table.add(forward(network_, batch), images);
      queue_.keepPace();
      wanted = go_on(images);
    }
    done = table.read();
  });
  return done;
}

std::string ResidentTraining::description() const {
  const std::string line = "images, augmentation and steps stay on " + compute_.device.str();
  if (!queue_.limit().empty()) return line + "; steps are enqueued piece by piece: " + queue_.limit();
  return line + (compute_.device.is_cuda() ? "; steps are played from a CUDA graph" : "");
}

}  // namespace fer::train
