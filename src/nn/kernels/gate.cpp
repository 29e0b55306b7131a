#include "nn/kernels/gate.hpp"

#include "fer/core/multiversion.hpp"
#include "nn/kernels/partial.hpp"

namespace fer::nn {
namespace {

template <std::size_t kPixels, class T>
[[gnu::always_inline]] inline void addChannelsOfGroup(Pixels<kPixels>, const T* __restrict values, std::size_t count,
                                                      double* __restrict sum) {
  for (std::size_t i = 0; i < count; ++i) {
    Partial<T> of_values = 0;
    for (std::size_t k = 0; k < kPixels; ++k) of_values += static_cast<Partial<T>>(wide(values[k * count + i]));
    sum[i] += static_cast<double>(of_values);
  }
}

template <class T>
[[gnu::always_inline]] inline void addChannelsOf(const T* values, std::size_t pixels, std::size_t count, double* sum) {
  const auto add = [&](auto group, std::size_t first) __attribute__((always_inline)) {
    addChannelsOfGroup(group, values + first * count, count, sum);
  };
  inGroups(pixels, add);
}

template <class T>
[[gnu::always_inline]] inline void addToChannelsOf(T* __restrict values, std::size_t pixels, std::size_t count,
                                                   const float* __restrict number) {
  for (std::size_t pixel = 0; pixel < pixels; ++pixel, values += count)
    for (std::size_t i = 0; i < count; ++i) values[i] = narrow<T>(wide(values[i]) + number[i]);
}

template <class T>
[[gnu::always_inline]] inline void scaleChannelsOf(const T* __restrict values, std::size_t pixels, std::size_t count,
                                                   const float* __restrict factor, T* __restrict out) {
  for (std::size_t pixel = 0; pixel < pixels; ++pixel, values += count, out += count)
    for (std::size_t i = 0; i < count; ++i) out[i] = narrow<T>(wide(values[i]) * factor[i]);
}

/// Twice over numbers that stay in the first cache: a loop that sums up pixels and writes each would be no vector loop.
template <std::size_t kPixels, class T>
[[gnu::always_inline]] inline void scaleGroupBack(Pixels<kPixels>, const T* __restrict gradient,
                                                  const T* __restrict values, std::size_t count,
                                                  const float* __restrict factor, T* __restrict of_values,
                                                  double* __restrict of_factor) {
  for (std::size_t i = 0; i < count; ++i) {
    Partial<T> products = 0;
    for (std::size_t k = 0; k < kPixels; ++k)
      products +=
          static_cast<Partial<T>>(wide(gradient[k * count + i])) * static_cast<Partial<T>>(wide(values[k * count + i]));
    of_factor[i] += static_cast<double>(products);
  }
  scaleChannelsOf(gradient, kPixels, count, factor, of_values);
}

template <class T>
[[gnu::always_inline]] inline void scaleBackOf(const T* gradient, const T* values, std::size_t pixels,
                                               std::size_t count, const float* factor, T* of_values,
                                               double* of_factor) {
  const auto add = [&](auto group, std::size_t first) __attribute__((always_inline)) {
    scaleGroupBack(group, gradient + first * count, values + first * count, count, factor, of_values + first * count,
                   of_factor);
  };
  inGroups(pixels, add);
}

}  // namespace

FER_MULTIVERSION void addChannels(const float* values, std::size_t pixels, std::size_t count, double* sum) {
  addChannelsOf(values, pixels, count, sum);
}
FER_MULTIVERSION void addChannels(const Bf16* values, std::size_t pixels, std::size_t count, double* sum) {
  addChannelsOf(values, pixels, count, sum);
}

FER_MULTIVERSION void addToChannels(float* values, std::size_t pixels, std::size_t count, const float* number) {
  addToChannelsOf(values, pixels, count, number);
}
FER_MULTIVERSION void addToChannels(Bf16* values, std::size_t pixels, std::size_t count, const float* number) {
  addToChannelsOf(values, pixels, count, number);
}

FER_MULTIVERSION void scaleChannels(const float* values, std::size_t pixels, std::size_t count, const float* factor,
                                    float* out) {
  scaleChannelsOf(values, pixels, count, factor, out);
}
FER_MULTIVERSION void scaleChannels(const Bf16* values, std::size_t pixels, std::size_t count, const float* factor,
                                    Bf16* out) {
  scaleChannelsOf(values, pixels, count, factor, out);
}

FER_MULTIVERSION void scaleChannelsBack(const float* gradient, const float* values, std::size_t pixels,
                                        std::size_t count, const float* factor, float* of_values, double* of_factor) {
  scaleBackOf(gradient, values, pixels, count, factor, of_values, of_factor);
}
FER_MULTIVERSION void scaleChannelsBack(const Bf16* gradient, const Bf16* values, std::size_t pixels, std::size_t count,
                                        const float* factor, Bf16* of_values, double* of_factor) {
  scaleBackOf(gradient, values, pixels, count, factor, of_values, of_factor);
}

}  // namespace fer::nn
