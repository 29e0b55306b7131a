#include "fer/train/batch/degrade.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "fer/core/random.hpp"

namespace fer::train {
namespace {

constexpr std::uint32_t kBankSize = 1U << 20U;
constexpr std::uint32_t kBankPart = std::numeric_limits<std::uint32_t>::max();  // no image of a batch has this number

at::Tensor normalNumbers(std::uint32_t seed) {
  RandomStream stream(seed, Purpose::kDegrade, 0, 0, kBankPart);
  at::Tensor numbers = at::empty({kBankSize}, at::kFloat);
  auto* const values = numbers.data_ptr<float>();
  std::generate_n(values, kBankSize, [&] { return static_cast<float>(stream.normal()); });
  return numbers;
}

/// What is done to one image; a sigma of 0 does nothing.
struct Numbers {
  double blur = 0;          ///< sigma in pixels
  double noise = 0;         ///< sigma in grey levels
  std::uint32_t place = 0;  ///< where its noise begins in the bank
};

/// Every number is taken whether it is used or not, so that switching one off leaves the other's alone.
Numbers drawn(RandomStream stream, const data::DegradeOptions& blur, const data::DegradeOptions& noise) {
  const auto sigma = [&stream](const data::DegradeOptions& options) {
    const bool takes = static_cast<double>(stream.uniform()) < options.probability;
    const double drawn = stream.uniform(options.sigma.at(0), options.sigma.at(1));
    return takes ? drawn : 0;
  };
  Numbers numbers;
  numbers.blur = sigma(blur);
  numbers.noise = sigma(noise);
  numbers.place = stream.below(kBankSize);
  return numbers;
}

std::int64_t reachOf(double sigma) {
  constexpr double kDeviations = 3;
  return std::lround(kDeviations * sigma);
}

/// N x 1 x 1 x (2 reach + 1): shares of a pixel and its neighbours, which sum to 1. Each image's end at its own reach,
/// so that it does not matter what is done to the others.
at::Tensor gaussians(const std::vector<double>& sigmas, std::int64_t reach) {
  at::Tensor shares = at::zeros({static_cast<std::int64_t>(sigmas.size()), 1, 1, 2 * reach + 1}, at::kFloat);
  auto* middle = shares.data_ptr<float>() + reach;
  for (const double sigma : sigmas) {
    const auto weight = [&](std::int64_t x) { return std::exp(-static_cast<double>(x * x) / (2 * sigma * sigma)); };
    double sum = 1;
    for (std::int64_t x = 1; x <= reachOf(sigma); ++x) sum += 2 * weight(x);
    *middle = static_cast<float>(1 / sum);
    for (std::int64_t x = 1; x <= reachOf(sigma); ++x) middle[x] = middle[-x] = static_cast<float>(weight(x) / sum);
    middle += 2 * reach + 1;
  }
  return shares;
}

/// Along the last axis, pixels at the edge repeated beyond it.
at::Tensor blurredAlong(const at::Tensor& images, const at::Tensor& shares) {
  const std::int64_t taps = shares.size(3);
  const at::Tensor padded = at::replication_pad2d(images, {taps / 2, taps / 2, 0, 0});
  at::Tensor sum = at::zeros_like(images);
  for (std::int64_t tap = 0; tap < taps; ++tap)
    sum.add_(padded.narrow(3, tap, images.size(3)) * shares.narrow(3, tap, 1));
  return sum;
}

at::Tensor blurred(const at::Tensor& images, const std::vector<double>& sigmas) {
  const double largest = *std::max_element(sigmas.begin(), sigmas.end());
  const at::Tensor shares = gaussians(sigmas, reachOf(largest)).to(images.device());
  return blurredAlong(blurredAlong(images, shares).transpose(2, 3), shares).transpose(2, 3);
}

/// The images with what `change` makes of those at `places`.
template <class Change>
at::Tensor changedAt(const std::vector<std::int64_t>& places, const at::Tensor& images, Change change) {
  if (places.empty()) return images;
  const at::Tensor index = at::tensor(places, at::kLong).to(images.device());
  return images.index_copy(0, index, change(images.index_select(0, index)));
}

/// The images of a batch to which something is done, and how much of it.
struct Chosen {
  std::vector<std::int64_t> places;
  std::vector<double> sigmas;
};

Chosen chosen(const std::vector<Numbers>& numbers, double Numbers::*sigma) {
  Chosen result;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i].*sigma == 0) continue;
    result.places.push_back(static_cast<std::int64_t>(i));
    result.sigmas.push_back(numbers[i].*sigma);
  }
  return result;
}

at::Tensor withBlur(const at::Tensor& images, const std::vector<Numbers>& numbers) {
  const Chosen soft = chosen(numbers, &Numbers::blur);
  return changedAt(soft.places, images, [&](const at::Tensor& some) { return blurred(some, soft.sigmas); });
}

at::Tensor withNoise(const at::Tensor& images, const std::vector<Numbers>& numbers, const at::Tensor& bank,
                     double rescale) {
  const Chosen noisy = chosen(numbers, &Numbers::noise);
  std::vector<std::int64_t> begins;
  for (const std::int64_t place : noisy.places) begins.push_back(numbers[static_cast<std::size_t>(place)].place);
  return changedAt(noisy.places, images, [&](const at::Tensor& some) {
    const at::Tensor begin = at::tensor(begins, at::kLong).to(some.device());
    const at::Tensor sigma = at::tensor(noisy.sigmas, at::kDouble).mul_(rescale).to(some.device(), at::kFloat);
    const at::Tensor index = begin.unsqueeze(1) + at::arange(some[0].numel(), begin.options());
    const at::Tensor noise =
        bank.index_select(0, index.flatten().remainder_(std::int64_t{kBankSize})).view(some.sizes());
    constexpr double kWhite = 255;
    return (some + noise * sigma.view({-1, 1, 1, 1})).clamp_(0, kWhite * rescale);
  });
}

}  // namespace

Degrader::Degrader(const data::AugmentOptions& options, double rescale, std::uint32_t seed, c10::Device device)
    : blur_(options.blur), noise_(options.noise), rescale_(rescale), seed_(seed) {
  if (noise_.probability > 0) bank_ = normalNumbers(seed).to(device);
}

at::Tensor Degrader::apply(const at::Tensor& images, std::uint32_t epoch, std::uint32_t step,
                           std::int64_t first) const {
  if (!on()) return images;
  const torch::NoGradGuard no_grad;
  std::vector<Numbers> numbers;
  numbers.reserve(static_cast<std::size_t>(images.size(0)));
  for (std::int64_t i = first; i < first + images.size(0); ++i)
    numbers.push_back(drawn({seed_, Purpose::kDegrade, epoch, step, static_cast<std::uint32_t>(i)}, blur_, noise_));
  return withNoise(withBlur(images, numbers), numbers, bank_, rescale_);
}

}  // namespace fer::train
