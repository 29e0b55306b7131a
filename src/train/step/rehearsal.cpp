#include "train/step/rehearsal.hpp"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <torch/utils.h>

#include <mutex>
#include <utility>
#include <vector>

namespace fer::train {
namespace {

class Snapshot {
 public:
  void take(const at::Tensor& tensor) { kept_.emplace_back(tensor.detach(), tensor.detach().clone()); }
  void putBack() {
    const torch::NoGradGuard no_grad;
    for (auto& [tensor, copy] : kept_) tensor.copy_(copy);
  }

 private:
  std::vector<std::pair<at::Tensor, at::Tensor>> kept_;
};

at::Tensor stateOf(at::Generator& generator) {
  const std::lock_guard lock(generator.mutex());
  return generator.get_state();
}

void setState(at::Generator& generator, const at::Tensor& state) {
  const std::lock_guard lock(generator.mutex());
  generator.set_state(state);
}

}  // namespace

void rehearse(const nn::Network& network, const Optimiser& optimiser, c10::Device device, int times,
              const std::function<void()>& step) {
  Snapshot snapshot;
  for (const at::Tensor& tensor : network.parameters()) snapshot.take(tensor);
  for (const at::Tensor& tensor : network.buffers()) snapshot.take(tensor);
  for (const Optimiser::Slot& slot : optimiser.slots())
    for (const at::Tensor& moment : slot.moments) snapshot.take(moment);
  at::Generator generator = at::globalContext().defaultGenerator(device);
  const at::Tensor state = stateOf(generator);
  const auto putBack = [&] {
    snapshot.putBack();
    setState(generator, state);
  };
  try {
    for (int i = 0; i < times; ++i) step();
  } catch (...) {  // the device's memory may not do
    putBack();
    throw;
  }
  putBack();
}

}  // namespace fer::train
