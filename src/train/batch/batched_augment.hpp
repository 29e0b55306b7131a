#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "fer/data/augment/augment.hpp"

namespace fer::train {

/// data::Augmenter for many images at once, on any device: a few LibTorch calls a batch, none of which waits for the
/// device. Equal to data::Augmenter but where doubles that differ in their last bit fall on two sides of a grey level:
/// by at most one level (before the rescale) on at most 0.01 % of the pixels. Immutable; any number of threads may use
/// it.
class BatchedAugmenter {
 public:
  /// Throws Error (usage) where options.profile is unknown, or the crop larger than the image. Of the options the same
  /// count as for data::Augmenter.
  BatchedAugmenter(const data::AugmentOptions& options, const data::Preprocess& preprocess, ImageShape shape,
                   c10::Device device);

  /// What comes out: the images' own shape but for a crop.
  ImageShape outputShape() const { return output_; }

  /// The numbers of N images as apply() takes them: a row of doubles each, on the CPU, to be moved to the device.
  at::Tensor pack(std::span<const data::Augmentation> numbers) const;

  /// `images` is N x C x H x W uint8, `numbers` N packed rows, both on the device. Returns floats of
  /// outputShape(), rescaled.
  at::Tensor apply(const at::Tensor& images, const at::Tensor& numbers) const;

 private:
  at::Tensor zoomed(const at::Tensor& images, const at::Tensor& numbers) const;
  at::Tensor warped(const at::Tensor& images, const at::Tensor& numbers) const;
  at::Tensor shaded(at::Tensor levels, const at::Tensor& numbers) const;
  at::Tensor erased(const at::Tensor& levels, const at::Tensor& numbers) const;

  ImageShape shape_;
  ImageShape output_;
  data::AugmentProfile profile_;
  data::AugmentParts parts_;
  double rescale_;
  at::Tensor rows_;     ///< 0, 1 ... H - 1 of the output
  at::Tensor columns_;  ///< 0, 1 ... W - 1
  at::Tensor shares_;   ///< levels 0, 1 ... 255 as shares of white; the last one twice
};

}  // namespace fer::train
