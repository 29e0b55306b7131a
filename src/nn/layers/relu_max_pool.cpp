#include "nn/layers/relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "nn/kernels/pooling_windows.hpp"
#include "nn/kernels/relu_max_pool.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

template <class T>
void pool(const at::Tensor& in, bool relu, const at::Tensor& out, const at::Tensor& winner) {
  const PooledImages shape(in);
  const auto* const from = static_cast<const T*>(in.data_ptr());
  auto* const to = static_cast<T*>(out.data_ptr());
  auto* const which = winner.data_ptr<std::uint8_t>();
  forEachWindow(shape, [&](std::int64_t row, std::int64_t x, std::int64_t output) {
    max4(shape.window(from, row, x), relu, to + output, which + output, static_cast<std::size_t>(shape.channels));
  });
}

template <class T>
void spread(const at::Tensor& out, const at::Tensor& winner, const at::Tensor& in) {
  const PooledImages shape(in);
  const auto* const from = static_cast<const T*>(out.data_ptr());
  auto* const to = static_cast<T*>(in.data_ptr());
  const auto* const which = winner.data_ptr<std::uint8_t>();
  forEachWindow(shape, [&](std::int64_t row, std::int64_t x, std::int64_t output) {
    spreadToWinner(from + output, which + output, shape.window(to, row, x), static_cast<std::size_t>(shape.channels));
  });
}

bool isBf16(const at::Tensor& tensor) {
  return tensor.scalar_type() == at::kBFloat16;
}

class MaxPool : public torch::autograd::Function<MaxPool> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images, bool relu) {
    const std::vector<std::int64_t> size{images.size(0), images.size(1), images.size(2) / 2, images.size(3) / 2};
    const at::Tensor out = at::empty(size, images.options(), at::MemoryFormat::ChannelsLast);
    const at::Tensor winner = at::empty(size, images.options().dtype(at::kByte), at::MemoryFormat::ChannelsLast);
    isBf16(images) ? pool<Bf16>(images, relu, out, winner) : pool<float>(images, relu, out, winner);
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
    return {result, at::Tensor()};
  }
};

}  // namespace

at::Tensor reluMaxPool2(const at::Tensor& images) {
  if (isChannelsLastOnCpu(images)) return MaxPool::apply(images, true);
  at::Tensor positive = images;
  return at::max_pool2d(at::relu_(positive), {2, 2});
}

at::Tensor maxPool2(const at::Tensor& images) {
  return isChannelsLastOnCpu(images) ? MaxPool::apply(images, false) : at::max_pool2d(images, {2, 2});
}

}  // namespace fer::nn
