#include "nn/layers/dropout.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "nn/kernels/dropout.hpp"
#include "nn/memory/unshared.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

DropoutDraw drawOf(double rate, const StepPosition& position, std::uint32_t layer) {
  return {{position.seed, static_cast<std::uint32_t>(Purpose::kDropout)},
          {0, position.step, position.epoch, layer},
          static_cast<std::uint32_t>(std::lround(rate * 0x1p24)),
          static_cast<float>(1.0 / (1.0 - rate))};
}

/// Part of a group: those from its `begin`-th activation on.
template <class T>
void dropPart(const T* in, T* out, std::int64_t count, std::int64_t group, std::int64_t begin,
              const DropoutDraw& draw) {
  std::array<T, kDropoutGroup> whole{};
  std::array<T, kDropoutGroup> dropped{};
  std::copy_n(in, count, whole.begin() + begin);
  dropGroup(whole.data(), dropped.data(), group, draw);
  std::copy_n(dropped.begin() + begin, count, out);
}

/// `first`: how many activations stand before these.
template <class T>
void drop(const T* in, T* out, std::int64_t size, std::int64_t first, const DropoutDraw& draw) {
  constexpr std::int64_t kGrain = 128;
  const std::int64_t before = first % kDropoutGroup;
  const std::int64_t head = before == 0 ? 0 : std::min(size, kDropoutGroup - before);
  if (head > 0) dropPart(in, out, head, first / kDropoutGroup, before, draw);
  const std::int64_t first_whole = (first + head) / kDropoutGroup;
  const std::int64_t whole = (size - head) / kDropoutGroup;
  at::parallel_for(0, whole, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t group = begin; group < end; ++group)
      dropGroup(in + head + group * kDropoutGroup, out + head + group * kDropoutGroup, first_whole + group, draw);
  });
  const std::int64_t done = head + whole * kDropoutGroup;
  if (done < size) dropPart(in + done, out + done, size - done, first_whole + whole, 0, draw);
}

/// By memory order, which is the same in both; they may be one tensor.
void drop(const at::Tensor& in, const at::Tensor& out, std::uint32_t first_image, const DropoutDraw& draw) {
  const std::int64_t first = in.size(0) == 0 ? 0 : first_image * (in.numel() / in.size(0));
  if (in.scalar_type() == at::kBFloat16)
    drop(static_cast<const Bf16*>(in.data_ptr()), static_cast<Bf16*>(out.data_ptr()), in.numel(), first, draw);
  else
    drop(in.data_ptr<float>(), out.data_ptr<float>(), in.numel(), first, draw);
}

class SeededDropout : public torch::autograd::Function<SeededDropout> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, double rate,
                            const StepPosition& position, std::uint32_t layer) {
    context->saved_data["rate"] = rate;
    context->saved_data["position"] =
        std::vector<std::int64_t>{position.seed, position.epoch, position.step, position.first_image, layer};
    context->saved_data["strides"] = input.strides().vec();
    const at::Tensor out = at::empty_like(input);  // a dense tensor's strides are kept
    drop(input, out, position.first_image, drawOf(rate, position, layer));
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const std::vector<std::int64_t> saved = context->saved_data["position"].toIntVector();
    const auto word = [&](std::size_t i) { return static_cast<std::uint32_t>(saved[i]); };
    const DropoutDraw draw =
        drawOf(context->saved_data["rate"].toDouble(), {word(0), word(1), word(2), word(3)}, word(4));
    const at::Tensor& gradient = gradients.front();
    const std::vector<std::int64_t> strides = context->saved_data["strides"].toIntVector();
    if (gradient.strides() == strides && isUnsharedGradient(gradient)) {
      drop(gradient, gradient, word(3), draw);
      return {gradient, {}, {}, {}};
    }
    const at::Tensor result = at::empty_strided(gradient.sizes(), strides, gradient.options());
    drop(gradient.strides() == strides ? gradient : result.copy_(gradient), result, word(3), draw);
    return {result, {}, {}, {}};
  }
};

}  // namespace

at::Tensor seededDropout(const at::Tensor& input, double rate, const StepPosition& position, std::uint32_t layer) {
  return SeededDropout::apply(input, rate, position, layer);
}

}  // namespace fer::nn
