#include "nn/layers/norm_relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/utils.h>

#include <utility>
#include <vector>

#include "fer/core/error.hpp"
#include "nn/kernels/norm_pool.hpp"
#include "nn/kernels/pooling_windows.hpp"
#include "nn/layers/batch_norm.hpp"
#include "nn/layers/layers.hpp"
#include "nn/layers/norm_passes.hpp"
#include "nn/layers/relu_max_pool.hpp"
#include "nn/layers/shared_norm.hpp"
#include "nn/memory/unshared.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kAhead = 4;  ///< windows

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
ChannelSums gradientSums(const at::Tensor& gradient, const at::Tensor& winner, const at::Tensor& images) {
  const PooledImages shape(images);
  const std::int64_t channels = shape.channels;
  const std::int64_t columns = shape.outputColumns();
  const auto* const which = winner.data_ptr<std::uint8_t>();
  return withValues(images, [&]<class T>(const T* values) {
    const auto* const given = static_cast<const T*>(gradient.data_ptr());
    return sumInBlocks(shape.outputRows(), std::max<std::int64_t>(1, kNumbersABlock / (4 * columns * channels)),
                       channels, [&](std::int64_t begin, std::int64_t end, double* sum, double* product) {
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

class NormReluMaxPool : public torch::autograd::Function<NormReluMaxPool> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images, const at::Tensor& weight,
                            const at::Tensor& bias, const at::Tensor& mean, const at::Tensor& inverse_deviation) {
    const Pooled pooled = pool(images, affineOf(weight, bias, {mean, inverse_deviation}));
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
    const at::Tensor given = gradients.front().contiguous(at::MemoryFormat::ChannelsLast);
    const NormGradients found = gradientsOf(gradientSums(given, winner, images), saved[2], {saved[3], saved[4]},
                                            images.numel() / images.size(1));
    // In the images' place where nobody else has them: there are no larger tensors in a step.
    const bool shared = !isUnsharedSaved(images);
    const at::Tensor result = shared ? images.clone() : images.detach();
    context->saved_data["images are left"] = shared;
    spread(given, winner, found.pointers(), result);
    return {result, found.of_weight, found.of_bias, at::Tensor(), at::Tensor()};
  }

 private:
  /// In the images' place.
  static void spread(const at::Tensor& given, const at::Tensor& winner, NormGradient norm, const at::Tensor& images) {
    const PooledImages shape(images);
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

at::Tensor BatchNormReluMaxPool::forward(const at::Tensor& images) {
  const NormState state{weight_, bias_, running_mean_, running_var_, kNormMomentum, kNormEpsilon, false};
  if (is_training() && isShared(statistics_)) return reluMaxPool2(sharedBatchNorm(images, state, statistics_));
  const bool even = images.size(2) % 2 == 0 && images.size(3) % 2 == 0;
  if (!even || !takesTwoPasses(images, state, is_training()))
    return reluMaxPool2(at::batch_norm(images, weight_, bias_, running_mean_, running_var_, is_training(),
                                       kNormMomentum, kNormEpsilon, true));
  if (!is_training()) return pool(images, affineOf(weight_, bias_, runningStatistics(state))).images;
  const Statistics batch = statisticsOfBatch(images, state);
  return NormReluMaxPool::apply(images, weight_, bias_, batch.mean, batch.inverse_deviation);
}

}  // namespace fer::nn
