#include "train/pipeline.hpp"

#include <utility>

#include "fer/nn/out_of_memory.hpp"
#include "train/batch/degraded_batches.hpp"
#include "train/batch/teaching.hpp"

namespace fer::train {

Pipeline::Pipeline(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                   Optimiser& optimiser, const Compute& compute, bool resident, ProcessGroup* group, Say say)
    : experiment_(experiment),
      data_(data),
      network_(network),
      optimiser_(optimiser),
      compute_(compute),
      say_(std::move(say)),
      loss_(trainingLoss(experiment.train, data.dataset, data.train, compute.device)) {
  if (group != nullptr) {
    share_ = {group->rank(), group->size()};
    reducer_.emplace(*group);
  }
  if (!compute.device.is_cuda() && !resident) {
    useHost();
    return;
  }
  try {
    useDevice();
    describe();
  } catch (const c10::OutOfMemoryError& error) {
    on_device_ = true;
    leaveDevice(error);
  }
}

void Pipeline::useHost() {
  steps_ = eagerSteps(network_, optimiser_, compute_, loss_, reducer());
  batches_ = finished(hostBatches(experiment_, data_, share_), c10::kCPU);
  on_device_ = false;
}

void Pipeline::useDevice() {
  batches_ = finished(deviceBatches(experiment_, data_, compute_.device, share_), compute_.device);
  if (reducer_)  // an exchange between processes is not recorded
    steps_ = eagerSteps(network_, optimiser_, compute_, loss_, reducer());
  else
    steps_ = recordedSteps(network_, optimiser_, compute_, loss_,
                           {experiment_.train.batch_size, experiment_.train.deterministic});
  on_device_ = true;
}

std::unique_ptr<BatchSource> Pipeline::finished(std::unique_ptr<BatchSource> plain, c10::Device device) const {
  return degradedBatches(taughtBatches(std::move(plain), experiment_, data_, compute_), experiment_, device);
}

bool Pipeline::leaveDevice(const c10::OutOfMemoryError& error) {
  if (!on_device_) return false;
  steps_.reset();
  batches_.reset();
  say_("the images do not fit on " + compute_.device.str() + ", so batches are made on the CPU (" + nn::lineOf(error) +
       ")");
  useHost();
  return true;
}

void Pipeline::describe() {
  std::string line = steps_->description();
  if (line.empty() || line == said_) return;
  say_(line);
  said_ = std::move(line);
}

}  // namespace fer::train
