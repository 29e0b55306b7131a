#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fer/nn/precision.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// How the numbers of a parameter follow from its gradient: what tells one optimiser from another. An optimiser calls
/// one of its two forms of update(); both compute the same but for roundings. What changes from step to step comes in
/// `rates`, numbers() of them, so that a step on a GPU can be recorded. Immutable.
class UpdateRule {
 public:
  /// Of float32 on the CPU: a stretch of one tensor, values beside their moments and gradients.
  struct Stretch {
    std::span<float> values;
    std::vector<std::span<float>> moments;  ///< in the order of moments()
    std::span<const float> gradients;
  };

  /// Of any type and device: tensors that share their rates.
  struct Lists {
    std::vector<at::Tensor> values;
    std::vector<std::vector<at::Tensor>> moments;  ///< in the order of moments(), of each one a tensor a value
    std::vector<at::Tensor> gradients;
  };

  virtual ~UpdateRule() = default;

  virtual std::vector<std::string> moments() const = 0;  ///< their names in a checkpoint; all start with zeros
  virtual std::size_t numbers() const = 0;

  /// Whether a number's change depends on its whole tensor: then only Lists will do.
  virtual bool wantsWholeTensors() const { return false; }

  /// The rates of a parameter's step `t`, from 1. `decays`: whether weight decay is for it.
  virtual void ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const = 0;

  virtual void update(const Stretch& stretch, std::span<const float> rates) const = 0;
  virtual void update(const Lists& lists, const at::Tensor& rates) const = 0;
};

/// Adam as Keras computes it, with the weight decay of AdamW where there is one; see adam.cpp.
std::unique_ptr<UpdateRule> adamRule(const OptimiserOptions& options);
/// SGD with momentum as PyTorch computes it; see sgd.cpp.
std::unique_ptr<UpdateRule> sgdRule(const OptimiserOptions& options);
/// Muon as PyTorch computes it, its products of matrices in bfloat16 where `precision` is, as PyTorch's are, else in
/// the parameters' own numbers; see muon.cpp.
std::unique_ptr<UpdateRule> muonRule(const OptimiserOptions& options, nn::Precision precision);

/// Whether it is a kernel of a convolution over more than one channel. The others, the first of a network of grey
/// images and depthwise ones among them, take AdamW's steps beside Muon's.
bool isForMuon(const at::Tensor& parameter);

}  // namespace fer::train
