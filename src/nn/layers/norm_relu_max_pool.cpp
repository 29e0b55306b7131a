#include "nn/layers/norm_relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/utils.h>

#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "nn/kernels/norm_pool.hpp"
#include "nn/kernels/pooling_windows.hpp"
#include "nn/layers/layers.hpp"
#include "nn/layers/relu_max_pool.hpp"
#include "nn/layers/shared_norm.hpp"
#include "nn/memory/unshared.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Calls work with the images' numbers as LibTorch's type has them, float or Bf16.
auto withValues(const at::Tensor& tensor, const auto& work) {
  return tensor.scalar_type() == at::kBFloat16 ? work(static_cast<Bf16*>(tensor.data_ptr()))
                                               : work(static_cast<float*>(tensor.data_ptr()));
}

/// Two sums a channel, float64.
struct Sums {
  at::Tensor first;
  at::Tensor second;
};

/// Sums of what work(begin, end, first sums, second sums) adds for the items [begin, end). Over blocks of fixed size,
/// and then over the blocks in their order: the same whatever the number of threads.
Sums sumInBlocks(std::int64_t items, std::int64_t items_a_block, std::int64_t channels, const auto& work) {
  const std::int64_t blocks = (items + items_a_block - 1) / items_a_block;
  const at::Tensor partial = at::zeros({blocks, 2, channels}, at::kDouble);
  auto* const sums = partial.data_ptr<double>();
  at::parallel_for(0, blocks, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t block = begin; block < end; ++block) {
      double* const first = sums + 2 * block * channels;
      work(block * items_a_block, std::min(items, (block + 1) * items_a_block), first, first + channels);
    }
  });
  for (std::int64_t block = 1; block < blocks; ++block)
    for (std::int64_t i = 0; i < 2 * channels; ++i) sums[i] += sums[2 * block * channels + i];
  return {partial[0][0], partial[0][1]};
}

constexpr std::int64_t kAhead = 4;        ///< windows
constexpr std::int64_t kBlock = 1 << 16;  ///< numbers whose sum is worth a thread's while

/// Mean and biased variance of every channel, float64.
struct Statistics {
  at::Tensor mean;
  at::Tensor variance;
};

Statistics statisticsOf(const at::Tensor& images) {
  const std::int64_t channels = images.size(1);
  const std::int64_t pixels = images.numel() / channels;
  const Sums sums = withValues(images, [&](const auto* values) {
    return sumInBlocks(pixels, std::max<std::int64_t>(1, kBlock / channels), channels,
                       [&](std::int64_t begin, std::int64_t end, double* sum, double* square) {
                         addMoments(values + begin * channels, static_cast<std::size_t>(end - begin),
                                    static_cast<std::size_t>(channels), sum, square);
                       });
  });
  const at::Tensor mean = sums.first / pixels;
  return {mean, (sums.second / pixels - mean * mean).clamp_min(0)};
}

/// The normalisation as a factor and a summand of every channel, float32.
struct Affine {
  at::Tensor scale;
  at::Tensor shift;

  Affine(const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& mean,
         const at::Tensor& inverse_deviation) {
    const at::Tensor factor = weight * inverse_deviation;
    scale = factor.to(at::kFloat);
    shift = (bias - mean * factor).to(at::kFloat);
  }
  ScaleAndShift pointers() const { return {scale.data_ptr<float>(), shift.data_ptr<float>()}; }
};

struct Pooled {
  at::Tensor images;
  at::Tensor winner;
};

Pooled pool(const at::Tensor& images, const Affine& norm) {
  const PooledImages shape(images);
  const std::vector<std::int64_t> size{shape.images, shape.channels, shape.height / 2, shape.width / 2};
  const Pooled out{at::empty(size, images.options(), at::MemoryFormat::ChannelsLast),
                   at::empty(size, images.options().dtype(at::kByte), at::MemoryFormat::ChannelsLast)};
  auto* const which = out.winner.data_ptr<std::uint8_t>();
  withValues(images, [&]<class T>(const T* from) {
    auto* const to = static_cast<T*>(out.images.data_ptr());
    forEachWindow(shape, [&](std::int64_t row, std::int64_t x, std::int64_t output) {
      normReluMax4(shape.window(from, row, x), norm.pointers(), to + output, which + output,
                   static_cast<std::size_t>(shape.channels));
    });
  });
  return out;
}

/// What reaches the norm of each channel: sum of gradients, and of gradient times the norm's input.
Sums gradientSums(const at::Tensor& gradient, const at::Tensor& winner, const at::Tensor& images) {
  const PooledImages shape(images);
  const std::int64_t channels = shape.channels;
  const std::int64_t columns = shape.outputColumns();
  const auto* const which = winner.data_ptr<std::uint8_t>();
  return withValues(images, [&]<class T>(const T* values) {
    const auto* const given = static_cast<const T*>(gradient.data_ptr());
    return sumInBlocks(shape.outputRows(), std::max<std::int64_t>(1, kBlock / (4 * columns * channels)), channels,
                       [&](std::int64_t begin, std::int64_t end, double* sum, double* product) {
                         for (std::int64_t row = begin; row < end; ++row)
                           for (std::int64_t x = 0; x < columns; ++x) {
                             const std::int64_t output = (row * columns + x) * channels;
                             shape.prefetch(values, row, x + kAhead);
                             addGradients(given + output, which + output, shape.window(values, row, x), sum, product,
                                          static_cast<std::size_t>(channels));
                           }
                       });
  });
}

/// Source: Ioffe and Szegedy 2015, section 3, solved for the input.
class NormReluMaxPool : public torch::autograd::Function<NormReluMaxPool> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images, const at::Tensor& weight,
                            const at::Tensor& bias, const at::Tensor& mean, const at::Tensor& inverse_deviation) {
    const Pooled pooled = pool(images, Affine(weight, bias, mean, inverse_deviation));
    context->save_for_backward({images, pooled.winner, weight, mean, inverse_deviation});
    context->saved_data["images are left"] = true;
    return pooled.images;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    if (!context->saved_data.at("images are left").toBool())
      throw Error(Fault::kOther,
                  "BatchNormReluMaxPool: a second backward pass: the first one's result took the place of "
                  "the images; run the forward pass again");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor& images = saved[0];
    const at::Tensor& winner = saved[1];
    const at::Tensor& mean = saved[3];
    const at::Tensor& inverse_deviation = saved[4];
    const at::Tensor given = gradients.front().contiguous(at::MemoryFormat::ChannelsLast);
    const Sums sums = gradientSums(given, winner, images);
    const at::Tensor of_weight = (sums.second - mean * sums.first) * inverse_deviation;
    const at::Tensor scale = saved[2] * inverse_deviation;
    const std::int64_t whole_pixels = images.numel() / images.size(1);
    const auto pixels = static_cast<double>(whole_pixels);
    const at::Tensor of_value = -scale * inverse_deviation * of_weight / pixels;
    const at::Tensor constant = -scale * sums.first / pixels - of_value * mean;
    // In the images' place where nobody else has them: there are no larger tensors in a step.
    const bool shared = !isUnsharedSaved(images);
    const at::Tensor result = shared ? images.clone() : images.detach();
    context->saved_data["images are left"] = shared;
    spread(given, winner, {scale, of_value, constant}, result);
    return {result, of_weight.to(at::kFloat), sums.first.to(at::kFloat), at::Tensor(), at::Tensor()};
  }

 private:
  /// In the images' place.
  static void spread(const at::Tensor& given, const at::Tensor& winner, std::array<at::Tensor, 3> factors,
                     const at::Tensor& images) {
    const PooledImages shape(images);
    for (at::Tensor& factor : factors) factor = factor.to(at::kFloat);
    const NormGradient norm{factors[0].data_ptr<float>(), factors[1].data_ptr<float>(), factors[2].data_ptr<float>()};
    const auto* const which = winner.data_ptr<std::uint8_t>();
    withValues(images, [&]<class T>(T* values) {
      const auto* const from = static_cast<const T*>(given.data_ptr());
      forEachWindow(shape, [&](std::int64_t row, std::int64_t x, std::int64_t output) {
        shape.prefetch(values, row, x + kAhead);
        spreadThroughNorm(from + output, which + output, norm, shape.window(values, row, x),
                          static_cast<std::size_t>(shape.channels));
      });
    });
  }
};

}  // namespace

BatchNormReluMaxPool::BatchNormReluMaxPool(std::int64_t channels, std::shared_ptr<const BatchStatistics> statistics)
    : statistics_(std::move(statistics)),
      weight_(register_parameter("weight", at::ones({channels}))),
      bias_(register_parameter("bias", at::zeros({channels}))),
      running_mean_(register_buffer("running_mean", at::zeros({channels}))),
      running_var_(register_buffer("running_var", at::ones({channels}))) {}

bool BatchNormReluMaxPool::takesOnePass(const at::Tensor& images) const {
  const bool for_gradients = at::GradMode::is_enabled() && (images.requires_grad() || weight_.requires_grad());
  return isChannelsLastOnCpu(images) && images.size(2) % 2 == 0 && images.size(3) % 2 == 0 &&
         (is_training() || !for_gradients);
}

at::Tensor BatchNormReluMaxPool::forward(const at::Tensor& images) {
  if (is_training() && isShared(statistics_))
    return reluMaxPool2(sharedBatchNorm(
        images, {weight_, bias_, running_mean_, running_var_, kNormMomentum, kNormEpsilon, false}, statistics_));
  if (!takesOnePass(images))
    return reluMaxPool2(at::batch_norm(images, weight_, bias_, running_mean_, running_var_, is_training(),
                                       kNormMomentum, kNormEpsilon, true));
  if (!is_training())
    return pool(images, Affine(weight_, bias_, running_mean_, (running_var_.to(at::kDouble) + kNormEpsilon).rsqrt()))
        .images;
  const Statistics batch = [&] {
    const torch::NoGradGuard no_grad;
    const Statistics statistics = statisticsOf(images);
    const std::int64_t pixels = images.numel() / images.size(1);
    const auto n = static_cast<double>(pixels);
    running_mean_.mul_(1 - kNormMomentum).add_(statistics.mean, kNormMomentum);
    running_var_.mul_(1 - kNormMomentum).add_(statistics.variance, kNormMomentum * n / (n - 1));
    return statistics;
  }();
  return NormReluMaxPool::apply(images, weight_, bias_, batch.mean, (batch.variance + kNormEpsilon).rsqrt());
}

}  // namespace fer::nn
