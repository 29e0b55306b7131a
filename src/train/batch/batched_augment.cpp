#include "train/batch/batched_augment.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <tuple>

namespace fer::train {
namespace {

enum Column : std::int64_t { kRowFactor, kRowOffset, kColumnFactor, kColumnOffset, kFlip, kBrightness, kColumns };

/// N x 1, to be spread over an axis of N images.
at::Tensor column(const at::Tensor& numbers, Column which) {
  return numbers.narrow(1, which, 1);
}

/// Blends the two neighbours of each coordinate along `axis` of N x C x H x W doubles. `coordinates` is N x size,
/// within the axis.
at::Tensor sampled(const at::Tensor& levels, const at::Tensor& coordinates, std::int64_t axis) {
  const std::int64_t size = levels.size(axis);
  const at::Tensor first = coordinates.floor();
  const auto spread = [&](const at::Tensor& line) {
    return axis == 2 ? line.unsqueeze(1).unsqueeze(3) : line.unsqueeze(1).unsqueeze(1);
  };
  const auto neighbour = [&](const at::Tensor& index) {
    return levels.gather(axis, spread(index).expand(levels.sizes()));
  };
  const at::Tensor left = first.to(at::kLong);
  return neighbour(left).lerp_(neighbour((left + 1).clamp_max_(size - 1)), spread(coordinates - first));
}

/// Each image's lowest..highest level becomes 0..255; an image of one level becomes black.
void stretch(const at::Tensor& levels) {
  const at::Tensor flat = levels.flatten(1);
  const auto [lowest, highest] = at::aminmax(flat, 1, /*keepdim=*/true);
  at::Tensor range = highest - lowest;
  range.add_(range.eq(0));  // all equal: the differences stay 0
  flat.sub_(lowest).div_(range).mul_(255);
}

void brighten(const at::Tensor& levels, const at::Tensor& numbers) {
  const at::Tensor factor = column(numbers, kBrightness).to(at::kFloat).unsqueeze(2).unsqueeze(3);
  levels.trunc_().mul_(factor).trunc_().clamp_max_(255);
}

}  // namespace

BatchedAugmenter::BatchedAugmenter(const data::AugmentOptions& options, const data::Preprocess& preprocess,
                                   ImageShape shape, c10::Device device)
    : shape_(shape),
      profile_(data::augmentProfile(options.profile, shape)),
      brightness_on_(data::brightnessOn(options)),
      rescale_(static_cast<float>(preprocess.rescale)),
      rows_(at::arange(shape.height, at::TensorOptions(at::kDouble).device(device))),
      columns_(at::arange(shape.width, at::TensorOptions(at::kDouble).device(device))) {}

at::Tensor BatchedAugmenter::pack(std::span<const data::Augmentation> numbers) const {
  at::Tensor packed = at::empty({static_cast<std::int64_t>(numbers.size()), kColumns}, at::kDouble);
  auto* row = packed.data_ptr<double>();
  for (const data::Augmentation& one : numbers) {
    row[kRowFactor] = one.zoom_rows;
    row[kRowOffset] = profile_.centre_rows - one.zoom_rows * profile_.centre_rows;
    row[kColumnFactor] = one.zoom_columns;
    row[kColumnOffset] = profile_.centre_columns - one.zoom_columns * profile_.centre_columns;
    row[kFlip] = one.flip ? 1 : 0;
    // Beyond these bounds no level changes any more.
    row[kBrightness] = std::clamp(static_cast<float>(one.brightness), 0.0F, 256.0F);
    row += kColumns;
  }
  return packed;
}

at::Tensor BatchedAugmenter::zoomed(const at::Tensor& images, const at::Tensor& numbers) const {
  // Each product is rounded before the sum, and a mirrored column is exact, so the coordinates are data::Augmenter's to
  // the bit; in double, so that the rounding to float hides the blend's other order of operations.
  const at::Tensor rows =
      (rows_ * column(numbers, kRowFactor)).add_(column(numbers, kRowOffset)).clamp_(0, shape_.height - 1);
  const at::Tensor mirrored =
      (columns_ * (1 - 2 * column(numbers, kFlip))).add_(column(numbers, kFlip), shape_.width - 1);
  const at::Tensor columns =
      (mirrored * column(numbers, kColumnFactor)).add_(column(numbers, kColumnOffset)).clamp_(0, shape_.width - 1);
  return sampled(sampled(images.to(at::kDouble), rows, 2), columns, 3);
}

at::Tensor BatchedAugmenter::apply(const at::Tensor& images, const at::Tensor& numbers) const {
  const torch::NoGradGuard no_grad;
  at::Tensor levels = zoomed(images, numbers).to(at::kFloat);
  if (brightness_on_) {
    if (profile_.stretch) stretch(levels);
    brighten(levels, numbers);
  }
  return levels.mul_(rescale_);
}

}  // namespace fer::train
