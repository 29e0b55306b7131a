#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "fer/data/options.hpp"
#include "fer/train/batch/batches.hpp"

namespace fer::train {

/// What poor cameras do to training images: augment.blur, then augment.noise. The last step before the network; a
/// teacher is asked of the image before it. Immutable; any number of threads may use it.
class Degrader {
 public:
  /// The images will lie on `device` and have `rescale` times a grey level as their unit.
  Degrader(const data::AugmentOptions& options, double rescale, std::uint32_t seed, c10::Device device);

  /// Whether any image is changed.
  bool on() const { return blur_.probability > 0 || noise_.probability > 0; }

  /// `images`, N x C x H x W float, of which the first is number `first` of the step's batch; they stay as they are.
  /// What is drawn for one depends on (seed, epoch, step, its number) alone.
  at::Tensor apply(const at::Tensor& images, std::uint32_t epoch, std::uint32_t step, std::int64_t first = 0) const;

 private:
  data::DegradeOptions blur_;
  data::DegradeOptions noise_;
  double rescale_;
  std::uint32_t seed_;
  at::Tensor bank_;  ///< normal numbers, of which an image's noise is a piece; undefined without noise
};

}  // namespace fer::train
