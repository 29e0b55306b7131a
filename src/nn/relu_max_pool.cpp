#include "fer/nn/relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include "relu_max_pool_kernel.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kGrain = 1 << 14;  ///< outputs worth a thread's while

struct Shape {
  std::int64_t images;
  std::int64_t channels;
  std::int64_t height;
  std::int64_t width;
};

/// Calls work(output row, pixel of its upper left input) for every output pixel; both count from the start of their
/// channels-last tensor.
void forEachPixel(const Shape& in, const auto& work) {
  const std::int64_t rows = in.height / 2;
  const std::int64_t columns = in.width / 2;
  at::parallel_for(0, in.images * rows, std::max<std::int64_t>(1, kGrain / (columns * in.channels)),
                   [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t row = begin; row < end; ++row)
                       for (std::int64_t x = 0; x < columns; ++x) {
                         const std::int64_t y = row / rows * in.height + 2 * (row % rows);
                         work(row * columns + x, y * in.width + 2 * x);
                       }
                   });
}

Shape shapeOf(const at::Tensor& images) {
  return {images.size(0), images.size(1), images.size(2), images.size(3)};
}

template <class T>
void pool(const at::Tensor& in, const at::Tensor& out, const at::Tensor& winner) {
  const Shape shape = shapeOf(in);
  const auto* const from = static_cast<const T*>(in.data_ptr());
  auto* const to = static_cast<T*>(out.data_ptr());
  auto* const which = winner.data_ptr<std::uint8_t>();
  const std::int64_t c = shape.channels;
  forEachPixel(shape, [&](std::int64_t output, std::int64_t input) {
    const T* const above = from + input * c;
    const T* const below = above + shape.width * c;
    reluMax4({above, above + c, below, below + c}, to + output * c, which + output * c, static_cast<std::size_t>(c));
  });
}

template <class T>
void spread(const at::Tensor& out, const at::Tensor& winner, const at::Tensor& in) {
  const Shape shape = shapeOf(in);
  const auto* const from = static_cast<const T*>(out.data_ptr());
  auto* const to = static_cast<T*>(in.data_ptr());
  const auto* const which = winner.data_ptr<std::uint8_t>();
  const std::int64_t c = shape.channels;
  forEachPixel(shape, [&](std::int64_t output, std::int64_t input) {
    T* const above = to + input * c;
    T* const below = above + shape.width * c;
    spreadToWinner(from + output * c, which + output * c, {above, above + c, below, below + c},
                   static_cast<std::size_t>(c));
  });
}

bool isBf16(const at::Tensor& tensor) {
  return tensor.scalar_type() == at::kBFloat16;
}

class ReluMaxPool : public torch::autograd::Function<ReluMaxPool> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images) {
    const std::vector<std::int64_t> size{images.size(0), images.size(1), images.size(2) / 2, images.size(3) / 2};
    const at::Tensor out = at::empty(size, images.options(), at::MemoryFormat::ChannelsLast);
    const at::Tensor winner = at::empty(size, images.options().dtype(at::kByte), at::MemoryFormat::ChannelsLast);
    isBf16(images) ? pool<Bf16>(images, out, winner) : pool<float>(images, out, winner);
    context->save_for_backward({winner});
    context->saved_data["size"] = images.sizes().vec();
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const at::Tensor winner = context->get_saved_variables().front();
    const std::vector<std::int64_t> size = context->saved_data["size"].toIntVector();
    const at::Tensor given = gradients.front().contiguous(at::MemoryFormat::ChannelsLast);
    const bool odd = size[2] % 2 != 0 || size[3] % 2 != 0;  // then not every input is written
    const at::Tensor result = at::empty(size, given.options(), at::MemoryFormat::ChannelsLast);
    if (odd) result.zero_();
    isBf16(given) ? spread<Bf16>(given, winner, result) : spread<float>(given, winner, result);
    return {result};
  }
};

bool isOurs(const at::Tensor& images) {
  return images.device().is_cpu() && (images.scalar_type() == at::kFloat || isBf16(images)) && images.dim() == 4 &&
         images.is_contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace

at::Tensor reluMaxPool2(const at::Tensor& images) {
  if (isOurs(images)) return ReluMaxPool::apply(images);
  at::Tensor positive = images;
  return at::max_pool2d(at::relu_(positive), {2, 2});
}

}  // namespace fer::nn
