#pragma once

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "nn/kernels/norm.hpp"
#include "nn/layers/pixel_passes.hpp"
#include "nn/layers/shared_norm.hpp"

namespace fer::nn {

/// What the passes of a batch norm over channels-last images have in common; what they compute of a channel is float64.
/// Source: Ioffe and Szegedy 2015, section 3.

constexpr std::int64_t kNumbersABlock = 1 << 16;  ///< whose sum is worth a thread's while

/// Two sums a channel.
struct ChannelSums {
  at::Tensor first;
  at::Tensor second;
};

/// Adds the sums of the blocks, blocks x 2 x channels, up, in their order.
ChannelSums sumOfBlocks(const at::Tensor& partial);

/// Sums of what work(begin, end, first sums, second sums) adds for the items [begin, end). Over blocks of fixed size,
/// and then over the blocks in their order: the same whatever the number of threads.
ChannelSums sumInBlocks(std::int64_t items, std::int64_t items_a_block, std::int64_t channels, const auto& work) {
  const std::int64_t blocks = (items + items_a_block - 1) / items_a_block;
  const at::Tensor partial = at::zeros({blocks, 2, channels}, at::kDouble);
  auto* const sums = partial.data_ptr<double>();
  at::parallel_for(0, blocks, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t block = begin; block < end; ++block) {
      double* const first = sums + 2 * block * channels;
      work(block * items_a_block, std::min(items, (block + 1) * items_a_block), first, first + channels);
    }
  });
  return sumOfBlocks(partial);
}

/// Sums over all pixels of what work(first pixel, steps, numbers a step, first sums, second sums) adds to the sums of a
/// step's numbers.
ChannelSums sumOverPixels(const at::Tensor& images, const auto& work) {
  const std::int64_t channels = images.size(1);
  const std::int64_t together = pixelsTogether(channels);
  const ChannelSums sums =
      sumInBlocks(images.numel() / channels, std::max<std::int64_t>(1, kNumbersABlock / channels), together * channels,
                  [&](std::int64_t begin, std::int64_t end, double* first, double* second) {
                    inWholeVectors(begin, end, channels, [&](std::int64_t pixel, std::size_t steps, std::size_t count) {
                      work(pixel, steps, count, first, second);
                    });
                  });
  return {sums.first.view({together, channels}).sum(0), sums.second.view({together, channels}).sum(0)};
}

/// Of every channel.
struct Statistics {
  at::Tensor mean;
  at::Tensor inverse_deviation;
};

/// The batch's, of which the running values are fed their share.
Statistics statisticsOfBatch(const at::Tensor& images, const NormState& state);
/// Those that the running values say.
Statistics runningStatistics(const NormState& state);

/// The normalisation as a factor and a summand of every channel, float32.
struct Affine {
  at::Tensor scale;
  at::Tensor shift;

  ScaleAndShift pointers() const { return {scale.data_ptr<float>(), shift.data_ptr<float>()}; }
};
Affine affineOf(const at::Tensor& weight, const at::Tensor& bias, const Statistics& statistics);
/// For inWholeVectors().
Affine repeated(const Affine& norm);

/// What follows from sums over the images' pixels, of gradients and of their products with the images.
struct NormGradients {
  at::Tensor of_weight;
  at::Tensor of_bias;
  std::array<at::Tensor, 4> factors;  ///< NormGradient's, float32

  NormGradient pointers() const {
    return {factors[0].data_ptr<float>(), factors[1].data_ptr<float>(), factors[2].data_ptr<float>(),
            factors[3].data_ptr<float>()};
  }
};
NormGradients gradientsOf(const ChannelSums& sums, const at::Tensor& weight, const Statistics& statistics,
                          std::int64_t pixels);
/// The factors for inWholeVectors().
NormGradients repeated(NormGradients gradients);

}  // namespace fer::nn
