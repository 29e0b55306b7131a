#include "train/batch/mixing.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "fer/core/random.hpp"

namespace fer::train {
namespace {

/// Gamma(shape, 1). Source: Marsaglia and Tsang 2000, with their remark on shapes below 1.
double gammaOf(double shape, RandomStream& stream) {
  if (shape < 1) {
    const double root = std::pow(1 - static_cast<double>(stream.uniform()), 1 / shape);
    return gammaOf(shape + 1, stream) * root;
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double normal = stream.normal();
    const double cube = std::pow(1 + c * normal, 3);
    if (cube <= 0) continue;
    const double uniform = 1 - static_cast<double>(stream.uniform());
    if (std::log(uniform) < normal * normal / 2 + d - d * cube + d * std::log(cube)) return d * cube;
  }
}

/// Beta(alpha, alpha).
double shareOf(double alpha, RandomStream& stream) {
  const double first = gammaOf(alpha, stream);
  const double second = gammaOf(alpha, stream);
  return first + second > 0 ? first / (first + second) : 1;  // alphas near 0 give two zeros
}

struct Box {
  std::int64_t top, left, height, width;
};

/// Of 1 - share of the area, about a centre drawn anywhere, cut where it leaves the image.
Box boxOf(double share, std::int64_t height, std::int64_t width, RandomStream& stream) {
  const double side = std::sqrt(1 - share);
  const auto along = [&](std::int64_t size) {
    const auto half = static_cast<std::int64_t>(side * static_cast<double>(size)) / 2;
    const auto centre = static_cast<std::int64_t>(stream.below(static_cast<std::uint32_t>(size)));
    const std::int64_t begin = std::max<std::int64_t>(0, centre - half);
    return std::pair(begin, std::min(size, centre + half) - begin);
  };
  const auto [top, rows] = along(height);
  const auto [left, columns] = along(width);
  return {top, left, rows, columns};
}

/// Puts the box of the opposite image in, and returns the share that is left of each image's own.
double cut(at::Tensor& images, double share, RandomStream& stream) {
  const std::int64_t height = images.size(2);
  const std::int64_t width = images.size(3);
  const Box box = boxOf(share, height, width, stream);
  const auto within = [&](const at::Tensor& of) {
    return of.narrow(2, box.top, box.height).narrow(3, box.left, box.width);
  };
  const at::Tensor opposite = within(images).flip(0);
  images = images.clone();
  within(images).copy_(opposite);
  return 1 - static_cast<double>(box.height * box.width) / static_cast<double>(height * width);
}

}  // namespace

Batch mixed(const MixOptions& options, const BatchPlace& place, Batch batch, std::int64_t classes) {
  if (!mixes(options)) return batch;
  const torch::NoGradGuard no_grad;
  RandomStream stream(place.seed, Purpose::kMix, place.epoch, place.step);
  const bool heads = stream.uniform() < 0.5F;
  const bool cuts = options.cutmix > 0 && (options.mixup <= 0 || heads);
  double share = shareOf(cuts ? options.cutmix : options.mixup, stream);
  if (cuts)
    share = cut(batch.images, share, stream);
  else
    batch.images = batch.images * share + batch.images.flip(0) * (1 - share);
  if (!batch.targets.defined()) batch.targets = at::one_hot(batch.labels, classes).to(at::kFloat);
  batch.targets = batch.targets * share + batch.targets.flip(0) * (1 - share);
  return batch;
}

}  // namespace fer::train
