#include "nn/layers/gate.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <vector>

#include "nn/kernels/gate.hpp"
#include "nn/kernels/pooling_windows.hpp"
#include "nn/layers/pixel_passes.hpp"
#include "nn/memory/unshared.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::int64_t pixelsOfMap(const at::Tensor& images) {
  return images.size(2) * images.size(3);
}

/// Calls work(image, first number, steps, numbers a step) for every image's pixels, images in parallel.
void forEachImage(const at::Tensor& images, const auto& work) {
  const std::int64_t channels = images.size(1);
  const std::int64_t pixels = pixelsOfMap(images);
  at::parallel_for(0, images.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t image = begin; image < end; ++image)
      inWholeVectors(0, pixels, channels, [&](std::int64_t pixel, std::size_t steps, std::size_t count) {
        work(image, (image * pixels + pixel) * channels, steps, count);
      });
  });
}

/// A number of each image and channel, float32, N x C, so often that they fill whole vectors.
at::Tensor repeatedFactors(const at::Tensor& numbers) {
  return numbers.to(at::kFloat).repeat({1, pixelsTogether(numbers.size(1))});
}

/// Room for sums of each image's channels, float64.
at::Tensor emptySums(const at::Tensor& images) {
  return at::zeros({images.size(0), pixelsTogether(images.size(1)) * images.size(1)}, at::kDouble);
}

at::Tensor sumsOf(const at::Tensor& partial, std::int64_t channels) {
  return partial.view({partial.size(0), -1, channels}).sum(1);
}

/// The means of the maps, and the images as they are: so that their gradient has both parts at once.
class MeansAndImages : public torch::autograd::Function<MeansAndImages> {
 public:
  static variable_list forward(AutogradContext* /*context*/, const at::Tensor& images) {
    const at::Tensor sums = emptySums(images);
    auto* const sum = sums.data_ptr<double>();
    withValues(images, [&]<class T>(const T* values) {
      forEachImage(images, [&](std::int64_t image, std::int64_t first, std::size_t steps, std::size_t count) {
        addChannels(values + first, steps, count, sum + image * sums.size(1));
      });
    });
    const at::Tensor means = sumsOf(sums, images.size(1)) / pixelsOfMap(images);
    return {means.to(images.scalar_type()), images};
  }

  static variable_list backward(AutogradContext* /*context*/, const variable_list& gradients) {
    const at::Tensor& of_images = gradients[1];
    const bool own = of_images.is_contiguous(at::MemoryFormat::ChannelsLast) && isUnsharedGradient(of_images);
    const at::Tensor result = own ? of_images : of_images.clone(at::MemoryFormat::ChannelsLast);
    const at::Tensor shares = repeatedFactors(gradients[0].to(at::kFloat) / pixelsOfMap(result));
    const auto* const share = shares.data_ptr<float>();
    withValues(result, [&]<class T>(T* values) {
      forEachImage(result, [&](std::int64_t image, std::int64_t first, std::size_t steps, std::size_t count) {
        addToChannels(values + first, steps, count, share + image * shares.size(1));
      });
    });
    return {result};
  }
};

class ScaleMaps : public torch::autograd::Function<ScaleMaps> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images, const at::Tensor& gate) {
    const at::Tensor factors = repeatedFactors(gate);
    const auto* const factor = factors.data_ptr<float>();
    const at::Tensor out = at::empty(images.sizes(), images.options(), at::MemoryFormat::ChannelsLast);
    withValues(images, [&]<class T>(const T* values) {
      auto* const to = static_cast<T*>(out.data_ptr());
      forEachImage(images, [&](std::int64_t image, std::int64_t first, std::size_t steps, std::size_t count) {
        scaleChannels(values + first, steps, count, factor + image * factors.size(1), to + first);
      });
    });
    context->save_for_backward({images, factors});
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor& images = saved[0];
    const auto* const factor = saved[1].data_ptr<float>();
    const at::Tensor given = gradients.front().contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor of_images = at::empty(images.sizes(), images.options(), at::MemoryFormat::ChannelsLast);
    const at::Tensor sums = emptySums(images);
    auto* const sum = sums.data_ptr<double>();
    withValues(images, [&]<class T>(const T* values) {
      const auto* const gradient = static_cast<const T*>(given.data_ptr());
      auto* const to = static_cast<T*>(of_images.data_ptr());
      forEachImage(images, [&](std::int64_t image, std::int64_t first, std::size_t steps, std::size_t count) {
        const std::int64_t row = image * sums.size(1);
        scaleChannelsBack(gradient + first, values + first, steps, count, factor + row, to + first, sum + row);
      });
    });
    return {of_images, sumsOf(sums, images.size(1)).to(images.scalar_type())};
  }
};

}  // namespace

at::Tensor meansOfMaps(const at::Tensor& images) {
  // As at::mean, whose gradient is divided when it has the images' size already.
  return images.sum(at::IntArrayRef{2, 3}).div(static_cast<double>(pixelsOfMap(images)));
}

at::Tensor scaledMaps(const at::Tensor& images, const at::Tensor& factors) {
  return images * factors.unsqueeze(2).unsqueeze(3);
}

at::Tensor gated(const at::Tensor& images, const GateOfMeans& gate) {
  if (isChannelsLastOnCpu(images)) {
    const variable_list both = MeansAndImages::apply(images);
    return ScaleMaps::apply(both[1], gate(both[0]));
  }
  return scaledMaps(images, gate(meansOfMaps(images)));
}

}  // namespace fer::nn
