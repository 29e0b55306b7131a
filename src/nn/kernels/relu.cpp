#include "nn/kernels/relu.hpp"

#include "fer/core/multiversion.hpp"
#include "nn/kernels/masked.hpp"

namespace fer::nn {
namespace {

[[gnu::always_inline]] inline float positive(float value) {
  return where(!(value <= 0.0F), value);
}

template <class T>
[[gnu::always_inline]] inline void reluOf(T* __restrict values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) values[i] = narrow<T>(positive(wide(values[i])));
}

template <class T>
[[gnu::always_inline]] inline void addReluOf(T* __restrict values, const T* __restrict others, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) values[i] = narrow<T>(positive(wide(values[i]) + wide(others[i])));
}

template <class T>
[[gnu::always_inline]] inline void passThroughReluOf(T* __restrict gradient, const T* __restrict output,
                                                     std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) gradient[i] = narrow<T>(where(!(wide(output[i]) <= 0.0F), wide(gradient[i])));
}

}  // namespace

FER_MULTIVERSION void relu(float* values, std::size_t count) {
  reluOf(values, count);
}
FER_MULTIVERSION void relu(Bf16* values, std::size_t count) {
  reluOf(values, count);
}

FER_MULTIVERSION void addRelu(float* values, const float* others, std::size_t count) {
  addReluOf(values, others, count);
}
FER_MULTIVERSION void addRelu(Bf16* values, const Bf16* others, std::size_t count) {
  addReluOf(values, others, count);
}

FER_MULTIVERSION void passThroughRelu(float* gradient, const float* output, std::size_t count) {
  passThroughReluOf(gradient, output, count);
}
FER_MULTIVERSION void passThroughRelu(Bf16* gradient, const Bf16* output, std::size_t count) {
  passThroughReluOf(gradient, output, count);
}

}  // namespace fer::nn
