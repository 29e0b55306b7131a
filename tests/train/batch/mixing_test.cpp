#include "train/batch/mixing.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace fer::train {
namespace {

/// Three images of one level each, 0, 1 and 2, which are their labels, too.
Batch levels() {
  const at::Tensor labels = at::arange(3, at::kLong);
  return {labels.to(at::kFloat).view({3, 1, 1, 1}).expand({3, 1, 8, 8}).clone(), labels};
}

Batch mixedAt(const MixOptions& options, std::uint32_t step) {
  return mixed(options, {1, 0, step}, levels(), 3);
}

TEST(Mixing, LeavesABatchAloneUnlessAskedTo) {
  const Batch batch = mixedAt({}, 0);
  EXPECT_TRUE(at::equal(batch.images, levels().images));
  EXPECT_FALSE(batch.targets.defined());
}

// The first image, of level 0, is mixed with the last, of level 2: its level is twice the other's share.
TEST(Mixing, BlendsEachImageWithItsOppositeAndTargetsAlike) {
  double sum = 0;
  for (std::uint32_t step = 0; step < 200; ++step) {
    const Batch batch = mixedAt({0.4, 0}, step);
    const auto share = batch.targets[0][0].item<double>();
    EXPECT_NEAR(batch.targets[0][2].item<double>(), 1 - share, 1e-6);
    EXPECT_NEAR(batch.images[0][0][3][3].item<double>(), 2 * (1 - share), 1e-5);
    EXPECT_NEAR(batch.targets[1][1].item<double>(), 1, 1e-6);  // the middle one is its own opposite
    EXPECT_TRUE(at::equal(batch.labels, levels().labels));
    sum += share;
  }
  EXPECT_NEAR(sum / 200, 0.5, 0.1);
}

// Beta(a, a) has a variance of 1 / (4 (2 a + 1)).
TEST(Mixing, DrawsItsShareFromABetaDistribution) {
  for (const double alpha : {0.2, 1.0, 4.0}) {
    double squares = 0;
    constexpr int kDraws = 4000;
    for (std::uint32_t step = 0; step < kDraws; ++step) {
      const double away = mixedAt({alpha, 0}, step).targets[0][0].item<double>() - 0.5;
      squares += away * away;
    }
    EXPECT_NEAR(squares / kDraws * 4 * (2 * alpha + 1), 1, 0.1) << alpha;
  }
}

TEST(Mixing, CutsABoxAndCountsItsPixels) {
  bool any = false;
  for (std::uint32_t step = 0; step < 100; ++step) {
    const Batch batch = mixedAt({0, 1}, step);
    const at::Tensor foreign = batch.images[0][0].eq(2);
    const auto pixels = foreign.sum().item<std::int64_t>();
    EXPECT_NEAR(batch.targets[0][2].item<double>(), static_cast<double>(pixels) / 64, 1e-6);
    EXPECT_EQ(pixels, (foreign.any(0).sum() * foreign.any(1).sum()).item<std::int64_t>());  // a box
    any = any || (pixels > 0 && pixels < 64);
  }
  EXPECT_TRUE(any);
}

TEST(Mixing, DependsOnItsPlaceAlone) {
  const MixOptions both{0.3, 1};
  EXPECT_TRUE(at::equal(mixedAt(both, 5).images, mixedAt(both, 5).images));
  EXPECT_FALSE(at::equal(mixedAt(both, 5).targets, mixedAt(both, 6).targets));
}

TEST(Mixing, MixesSoftTargetsToo) {
  Batch batch = levels();
  batch.targets = at::tensor({0.5F, 0.5F, 0.F, 0.F, 1.F, 0.F, 0.F, 0.F, 1.F}).view({3, 3});
  const Batch found = mixed({0.4, 0}, {1, 0, 0}, batch, 3);
  const auto share = mixedAt({0.4, 0}, 0).targets[0][0].item<double>();
  EXPECT_NEAR(found.targets[0][0].item<double>(), share / 2, 1e-6);
  EXPECT_NEAR(found.targets[0][2].item<double>(), 1 - share, 1e-6);
}

}  // namespace
}  // namespace fer::train
