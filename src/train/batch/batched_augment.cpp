#include "train/batch/batched_augment.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "fer/data/augment/geometry.hpp"

namespace fer::train {
namespace {

/// Of a zoom and a flip; of a warp, for the row looked at and for the column; of the levels; of the box erased.
enum Column : std::int64_t {
  kRowFactor,
  kRowOffset,
  kColumnFactor,
  kColumnOffset,
  kFlip,
  kRowByRow,
  kRowByColumn,
  kRowStart,
  kColumnByRow,
  kColumnByColumn,
  kColumnStart,
  kBrightness,
  kContrast,
  kGamma,
  kTop,
  kBottom,
  kLeft,
  kRight,
  kColumns
};

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

/// N x 1 x 1 x 1 float.
at::Tensor ofImage(const at::Tensor& numbers, Column which) {
  return column(numbers, which).to(at::kFloat).unsqueeze(2).unsqueeze(3);
}

void brighten(const at::Tensor& levels, const at::Tensor& numbers) {
  levels.trunc_().mul_(ofImage(numbers, kBrightness)).trunc_().clamp_max_(255);
}

/// As data::kernels::meanLevel: sums of whole numbers are exact on every device.
at::Tensor meanLevel(const at::Tensor& levels) {
  const at::Tensor sum = levels.trunc().sum({1, 2, 3}, /*keepdim=*/true, at::kDouble);
  return sum.div_(static_cast<double>(levels[0].numel())).to(at::kFloat);
}

at::Tensor spread(const at::Tensor& levels, const at::Tensor& numbers) {
  const at::Tensor factor = ofImage(numbers, kContrast);
  const at::Tensor mean = meanLevel(levels);
  return at::where(factor.eq(1), levels, (levels - mean).mul_(factor).add_(mean).clamp_(0, 255));
}

at::Tensor gammaOf(const at::Tensor& levels, const at::Tensor& numbers, const at::Tensor& shares) {
  const at::Tensor exponent = column(numbers, kGamma);
  const at::Tensor table = shares.pow(exponent).mul_(255).to(at::kFloat);  // N x 257
  const at::Tensor flat = levels.flatten(1);
  const at::Tensor whole = flat.to(at::kLong);
  const at::Tensor first = table.gather(1, whole);
  const at::Tensor step = table.gather(1, whole + 1).sub_(first);
  return at::where(exponent.eq(1), flat, step.mul_(flat - whole).add_(first)).view(levels.sizes());
}

/// Of one axis, N x H x W float, within the input.
at::Tensor lookedAt(const at::Tensor& rows, const at::Tensor& columns, const at::Tensor& start, const at::Tensor& step,
                    int size) {
  const at::Tensor along = columns.to(at::kFloat) * step.to(at::kFloat);
  return ((rows + start).to(at::kFloat).unsqueeze(2) + along.unsqueeze(1)).clamp_(0, size - 1);
}

}  // namespace

BatchedAugmenter::BatchedAugmenter(const data::AugmentOptions& options, const data::Preprocess& preprocess,
                                   ImageShape shape, c10::Device device)
    : shape_(shape),
      output_(data::augmentedShape(options, shape)),
      profile_(data::augmentProfile(options.profile, shape)),
      parts_(data::augmentParts(options)),
      rescale_(static_cast<float>(preprocess.rescale)),
      rows_(at::arange(output_.height, at::TensorOptions(at::kDouble).device(device))),
      columns_(at::arange(output_.width, at::TensorOptions(at::kDouble).device(device))),
      shares_((at::arange(257, at::kDouble) / 255).clamp_max_(1).to(device)) {}

at::Tensor BatchedAugmenter::pack(std::span<const data::Augmentation> numbers) const {
  at::Tensor packed = at::empty({static_cast<std::int64_t>(numbers.size()), kColumns}, at::kDouble);
  auto* row = packed.data_ptr<double>();
  for (const data::Augmentation& one : numbers) {
    row[kRowFactor] = one.zoom_rows;
    row[kRowOffset] = profile_.centre_rows - one.zoom_rows * profile_.centre_rows;
    row[kColumnFactor] = one.zoom_columns;
    row[kColumnOffset] = profile_.centre_columns - one.zoom_columns * profile_.centre_columns;
    row[kFlip] = one.flip ? 1 : 0;
    const data::Warp warp = parts_.warp ? data::warpOf(one, shape_, output_) : data::Warp{};
    row[kRowByRow] = warp.row.by_row;
    row[kRowByColumn] = warp.row.by_column;
    row[kRowStart] = warp.row.start;
    row[kColumnByRow] = warp.column.by_row;
    row[kColumnByColumn] = warp.column.by_column;
    row[kColumnStart] = warp.column.start;
    row[kContrast] = one.contrast;
    row[kGamma] = one.gamma;
    const data::Box box = data::erasedBox(one, output_);
    row[kTop] = box.top;
    row[kBottom] = box.top + box.height;
    row[kLeft] = box.left;
    row[kRight] = box.left + box.width;
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

at::Tensor BatchedAugmenter::warped(const at::Tensor& images, const at::Tensor& numbers) const {
  const at::Tensor rows = lookedAt(rows_ * column(numbers, kRowByRow), columns_, column(numbers, kRowStart),
                                   column(numbers, kRowByColumn), shape_.height);
  const at::Tensor columns = lookedAt(rows_ * column(numbers, kColumnByRow), columns_, column(numbers, kColumnStart),
                                      column(numbers, kColumnByColumn), shape_.width);
  const at::Tensor top = rows.to(at::kLong);
  const at::Tensor left = columns.to(at::kLong);
  const at::Tensor bottom = (top + 1).clamp_max_(shape_.height - 1);
  const at::Tensor right = (left + 1).clamp_max_(shape_.width - 1);
  const at::Tensor flat = images.flatten(2);
  const auto pixels = [&](const at::Tensor& row, const at::Tensor& col) {
    const at::Tensor index = (row * shape_.width).add_(col).unsqueeze(1);
    return flat.gather(2, index.expand({-1, shape_.channels, -1, -1}).flatten(2))
        .view({images.size(0), shape_.channels, output_.height, output_.width})
        .to(at::kFloat);
  };
  const auto between = [](const at::Tensor& from, const at::Tensor& to, const at::Tensor& share) {
    return (to - from).mul_(share).add_(from);
  };
  const at::Tensor across = (columns - left).unsqueeze_(1);
  const at::Tensor upper = between(pixels(top, left), pixels(top, right), across);
  const at::Tensor lower = between(pixels(bottom, left), pixels(bottom, right), across);
  return between(upper, lower, (rows - top).unsqueeze_(1));
}

at::Tensor BatchedAugmenter::shaded(at::Tensor levels, const at::Tensor& numbers) const {
  if (parts_.brightness && profile_.stretch) stretch(levels);
  if (parts_.contrast) levels = spread(levels, numbers);
  if (parts_.gamma) levels = gammaOf(levels, numbers, shares_);
  if (parts_.brightness) brighten(levels, numbers);
  return levels;
}

at::Tensor BatchedAugmenter::erased(const at::Tensor& levels, const at::Tensor& numbers) const {
  const auto within = [&](const at::Tensor& positions, Column begin, Column end) {
    return positions.ge(column(numbers, begin)).logical_and_(positions.lt(column(numbers, end)));
  };
  const at::Tensor box =
      within(rows_, kTop, kBottom).unsqueeze(2).logical_and(within(columns_, kLeft, kRight).unsqueeze(1)).unsqueeze_(1);
  return at::where(box, parts_.fill_with_mean ? meanLevel(levels) : at::zeros_like(levels), levels);
}

at::Tensor BatchedAugmenter::apply(const at::Tensor& images, const at::Tensor& numbers) const {
  const torch::NoGradGuard no_grad;
  at::Tensor levels = (parts_.warp ? warped(images, numbers) : zoomed(images, numbers)).to(at::kFloat);
  levels = shaded(std::move(levels), numbers);
  if (parts_.erasing) levels = erased(levels, numbers);
  return levels.mul_(rescale_);
}

}  // namespace fer::train
