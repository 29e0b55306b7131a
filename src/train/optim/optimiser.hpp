#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fer/nn/precision.hpp"
#include "fer/nn/tensor_file.hpp"
#include "fer/train/options.hpp"
#include "train/optim/update_rule.hpp"

namespace fer::train {

/// One tensor that a training changes.
struct TrainedParameter {
  std::string name;
  at::Tensor tensor;            ///< the network's own, in its final layout
  double lr_scale = 1.0;        ///< its learning rate is the step's times this
  std::int64_t first_step = 0;  ///< steps done before it took part, which its bias correction does not count
};

/// Parameters, their moments, and a rule by which steps change them; all of one type on one device. float32 on the CPU:
/// one fused pass over memory on all compute threads, where the rule allows; anything else: LibTorch's operations.
/// Weight decay is for kernels alone, tensors of two and more dimensions. One thread at a time.
class Optimiser {
 public:
  /// `precision`: the training's, by which Muon computes. Throws Error (usage) for an unknown options.name.
  Optimiser(const std::vector<TrainedParameter>& parameters, const OptimiserOptions& options,
            nn::Precision precision = nn::Precision::kFp32);

  /// Takes parameters in whose names it does not know yet, with moments of zero.
  void add(const std::vector<TrainedParameter>& parameters);

  void zeroGradients();  ///< gives them up: the next backward pass makes new ones

  /// What the steps that follow steps() need to know, a row each, on the CPU, float64 where the parameters are, else
  /// float32: `lrs` are their learning rates. Changes when parameters are taken in.
  at::Tensor rates(std::span<const double> lrs) const;

  /// One step. `rates`: its row, on the parameters' device. Parameters without a gradient stay as they are. Asks the
  /// device for nothing and enqueues the same work every time, so it can be recorded; the caller counts it.
  void step(const at::Tensor& rates);
  void countSteps(std::int64_t steps) { steps_ += steps; }
  std::int64_t steps() const { return steps_; }

  /// A step with that learning rate, counted.
  void step(double lr);

  /// Moments as "adam.m/NAME" and the like; the number of steps is steps().
  void save(nn::TensorFile& file) const;
  /// Into fresh moments. A parameter whose first step is yet to come may be missing in the file. Throws Error (bad
  /// data) that starts with `origin`.
  void restore(const nn::TensorFile& file, std::int64_t steps, const std::string& origin);

  struct Slot {
    TrainedParameter parameter;
    const UpdateRule* rule;
    std::vector<at::Tensor> moments;
  };
  const std::vector<Slot>& slots() const { return slots_; }

 private:
  /// Slots that share their rule and its rates.
  struct Group {
    const UpdateRule* rule;
    double lr_scale;
    std::int64_t first_step;
    bool decays;
    std::vector<std::size_t> slots;
  };

  const UpdateRule& ruleFor(const at::Tensor& parameter) const;
  void addToGroup(std::size_t slot);
  void clipGradients();
  void stepFused(const Group& group, std::span<const float> rates);
  void stepByLists(const Group& group, const at::Tensor& rates);

  OptimiserOptions options_;
  std::unique_ptr<UpdateRule> rule_;
  std::unique_ptr<UpdateRule> kernels_;  ///< for kernels in rule_'s place, or null
  std::vector<Slot> slots_;
  std::vector<Group> groups_;
  std::int64_t steps_ = 0;
};

}  // namespace fer::train
