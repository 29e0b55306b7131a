#include "fer/nn/layers/whitening.hpp"

#include <ATen/ATen.h>

#include <stdexcept>

namespace fer::nn {
namespace {

/// The eigenvectors of symmetric patterns have entries of one size, and rounding must not choose among them.
double signOf(const at::Tensor& direction) {
  constexpr double kAbout = 0.99;
  const at::Tensor sizes = direction.abs();
  const at::Tensor large = at::nonzero(sizes >= kAbout * sizes.max());
  return direction[large[0][0].item<std::int64_t>()].item<double>() < 0 ? -1 : 1;
}

}  // namespace

PatchSums::PatchSums(std::int64_t channels, std::int64_t kernel)
    : kernel_(kernel),
      sums_(at::zeros({channels * kernel * kernel}, at::kDouble)),
      products_(at::zeros({channels * kernel * kernel, channels * kernel * kernel}, at::kDouble)) {}

void PatchSums::add(const at::Tensor& images) {
  const at::Tensor unfolded = at::im2col(images.to(at::kDouble), {kernel_, kernel_}, /*dilation=*/{1, 1},
                                         /*padding=*/{0, 0}, /*stride=*/{1, 1});  // N x Ckk x places
  const at::Tensor patches = unfolded.transpose(0, 1).reshape({sums_.size(0), -1});
  count_ += patches.size(1);
  sums_ += patches.sum(at::IntArrayRef{1});
  products_ += at::mm(patches, patches.t());
}

at::Tensor PatchSums::covariance() const {
  constexpr double kRounding = 1e-12;  // of sums over some ten million patches
  if (count_ == 0) return products_.clone();
  const at::Tensor mean = sums_ / static_cast<double>(count_);
  const at::Tensor squares = products_ / static_cast<double>(count_);
  at::Tensor covariance = squares - at::outer(mean, mean);
  const auto spread = covariance.trace().item<double>();
  return spread <= kRounding * squares.trace().item<double>() ? at::zeros_like(covariance) : covariance;
}

at::Tensor whiteningDirections(const at::Tensor& covariance) {
  constexpr double kShareOfVariance = 5e-4;
  const auto variance = covariance.diagonal().mean().item<double>();
  if (!(variance > 0)) throw std::invalid_argument("whiteningDirections: a covariance of zero");
  const auto [values, vectors] = at::linalg_eigh(covariance);  // ascending; a column each
  const at::Tensor lengths = (values.clamp_min(0) + kShareOfVariance * variance).sqrt();
  at::Tensor rows = (vectors / lengths).t().flip(0).contiguous();
  for (std::int64_t i = 0; i < rows.size(0); ++i) rows[i].mul_(signOf(rows[i]));
  return rows;
}

}  // namespace fer::nn
