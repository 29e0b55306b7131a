#pragma once

#include <cstdint>

#include "fer/train/batch/batches.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// Which step of a training a batch is for.
struct BatchPlace {
  std::uint32_t seed;
  std::uint32_t epoch;
  std::uint32_t step;
};

/// Whether any image is.
inline bool mixes(const MixOptions& options) {
  return options.mixup > 0 || options.cutmix > 0;
}

/// The batch with each image mixed with its opposite (the first with the last, and so on), and soft targets of
/// `classes` shares that say how much of each class is in it; as it is where nothing is to be mixed. On the batch's
/// device. One share a batch, drawn by place alone. Sources: Zhang et al. 2018, Yun et al. 2019; pairs and one share a
/// batch as in timm.data.mixup.
Batch mixed(const MixOptions& options, const BatchPlace& place, Batch batch, std::int64_t classes);

}  // namespace fer::train
