#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "train/optim/adam.hpp"

namespace fer::train {

/// The steps of an Adam whose rates lie in a tensor, not in the program: what one step enqueues is the same as what
/// every other does, so that it can be recorded. Works on the parameters and moments of the Adam it is made of, as they
/// are then; made anew when that one takes in parameters. Both must outlive it, and steps done here are counted there
/// by the caller.
class StaticAdam {
 public:
  explicit StaticAdam(const Adam& adam);

  /// Parameters that share a learning rate at every step; each such group has a rate of its own.
  std::int64_t groups() const { return static_cast<std::int64_t>(groups_.size()); }

  /// The corrected rates of the `steps` steps that follow Adam::steps(): steps x groups() floats on the CPU.
  at::Tensor rates(double lr, std::int64_t steps) const;

  /// One step. `rates` holds groups() floats on the parameters' device; every parameter has a gradient.
  void step(const at::Tensor& rates) const;

 private:
  struct Group {
    double lr_scale;
    std::int64_t first_step;
    std::vector<at::Tensor> parameters;
    std::vector<at::Tensor> m;
    std::vector<at::Tensor> v;
    std::vector<at::Tensor> corrected;  ///< counts of steps so large that they correct no bias, one a parameter
  };
  const Adam& adam_;
  std::vector<Group> groups_;
};

}  // namespace fer::train
