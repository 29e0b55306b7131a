#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace fer::nn {

/// What of all k x k patches of images decides their covariance; patches lie within the images, one at every place.
class PatchSums {
 public:
  PatchSums(std::int64_t channels, std::int64_t kernel);

  void add(
      const at::Tensor& images);  ///< N x C x H x W, on the CPU; H, W >= k. Several at once want C k k H W doubles each

  /// Ckk x Ckk in double, a patch's values in the order of a kernel's; zero where the patches differ by rounding alone,
  /// or none was added.
  at::Tensor covariance() const;

 private:
  std::int64_t kernel_;
  std::int64_t count_ = 0;
  at::Tensor sums_;
  at::Tensor products_;
};

/// Directions in which patches of such a covariance vary, each so long that the patches' product with it has variance
/// 1: row i is v_i / sqrt(l_i + e) with the eigenvectors v and the eigenvalues l, largest first, and e = 5e-4 times the
/// values' mean variance, which keeps noise small. Of each row the first entry that is about the largest is positive,
/// so that the same covariance gives the same rows. Needs a covariance that is not zero. Sources: Page 2018, "How to
/// train your ResNet 8: bag of tricks"; Jordan 2024, "94% on CIFAR-10 in 3.29 seconds on a single GPU", whose e is 5e-4
/// for images of variance 1.
at::Tensor whiteningDirections(const at::Tensor& covariance);

}  // namespace fer::nn
