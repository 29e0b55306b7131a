#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "fer/data/dataset.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// What a step minimises: the mean over the batch of the cross entropy in nats, of labels or of soft targets, and of
/// the distance from teachers' opinions where the batch has some (DistillOptions). As it stands here it is the plain
/// one, that of validation.
struct Loss {
  double label_smoothing = 0;
  at::Tensor class_weights{};  ///< K floats on the network's device; undefined: all count alike

  double distill_weight = 0;
  double temperature = 1;

  at::Tensor of(const at::Tensor& logits, const Batch& batch) const;

  /// What the mean over a batch divides by, one number on the device: how much a part of a batch counts beside others.
  at::Tensor weightOf(const Batch& batch) const;
};

/// That of the options; `rows` are those trained on. A class without any has a weight of 0.
Loss trainingLoss(const TrainOptions& options, const data::Dataset& dataset, std::span<const std::uint32_t> rows,
                  c10::Device device);

}  // namespace fer::train
