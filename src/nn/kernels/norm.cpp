#include "nn/kernels/norm.hpp"

#include "fer/core/multiversion.hpp"
#include "nn/kernels/masked.hpp"
#include "nn/kernels/partial.hpp"

namespace fer::nn {
namespace {

template <std::size_t kPixels, class T>
[[gnu::always_inline]] inline void addMomentsOfGroup(Pixels<kPixels>, const T* __restrict values, std::size_t count,
                                                     double* __restrict sum, double* __restrict square) {
  for (std::size_t i = 0; i < count; ++i) {
    Partial<T> of_values = 0;
    Partial<T> of_squares = 0;
    for (std::size_t k = 0; k < kPixels; ++k) {
      const Partial<T> value = wide(values[k * count + i]);
      of_values += value;
      of_squares += value * value;
    }
    sum[i] += static_cast<double>(of_values);
    square[i] += static_cast<double>(of_squares);
  }
}

template <class T>
[[gnu::always_inline]] inline void addMomentsOf(const T* values, std::size_t pixels, std::size_t count, double* sum,
                                                double* square) {
  const auto add = [&](auto group, std::size_t first) __attribute__((always_inline)) {
    addMomentsOfGroup(group, values + first * count, count, sum, square);
  };
  inGroups(pixels, add);
}

template <After kAfter, class T>
[[gnu::always_inline]] inline void normaliseOf(const T* __restrict values, std::size_t pixels, std::size_t count,
                                               ScaleAndShift norm, T* __restrict out) {
  const float* __restrict const scale = norm.scale;
  const float* __restrict const shift = norm.shift;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel, values += count, out += count)
    for (std::size_t i = 0; i < count; ++i) {
      const float value = wide(values[i]) * scale[i] + shift[i];
      out[i] = narrow<T>(kAfter == After::kRelu ? where(!(value <= 0.0F), value) : value);
    }
}

/// What of a gradient reaches the norm. As LibTorch's ReLU, which lets it pass where the value is NaN.
template <After kAfter>
[[gnu::always_inline]] inline float reaching(float gradient, float value, float scale, float shift) {
  return kAfter == After::kRelu ? where(!(value * scale + shift <= 0.0F), gradient) : gradient;
}

template <After kAfter, std::size_t kPixels, class T>
[[gnu::always_inline]] inline void addNormGradientsOfGroup(Pixels<kPixels>, const T* __restrict gradient,
                                                           const T* __restrict values, std::size_t count,
                                                           ScaleAndShift norm, double* __restrict sum,
                                                           double* __restrict product) {
  const float* __restrict const scale = norm.scale;
  const float* __restrict const shift = norm.shift;
  for (std::size_t i = 0; i < count; ++i) {
    Partial<T> of_gradients = 0;
    Partial<T> of_products = 0;
    for (std::size_t k = 0; k < kPixels; ++k) {
      const float value = wide(values[k * count + i]);
      const Partial<T> reached = reaching<kAfter>(wide(gradient[k * count + i]), value, scale[i], shift[i]);
      of_gradients += reached;
      of_products += reached * static_cast<Partial<T>>(value);
    }
    sum[i] += static_cast<double>(of_gradients);
    product[i] += static_cast<double>(of_products);
  }
}

template <After kAfter, class T>
[[gnu::always_inline]] inline void addNormGradientsOf(const T* gradient, const T* values, std::size_t pixels,
                                                      std::size_t count, ScaleAndShift norm, double* sum,
                                                      double* product) {
  const auto add = [&](auto group, std::size_t first) __attribute__((always_inline)) {
    addNormGradientsOfGroup<kAfter>(group, gradient + first * count, values + first * count, count, norm, sum, product);
  };
  inGroups(pixels, add);
}

template <After kAfter, class T>
[[gnu::always_inline]] inline void passThroughNormOf(T* __restrict gradient, const T* __restrict values,
                                                     std::size_t pixels, std::size_t count, ScaleAndShift norm,
                                                     NormGradient by) {
  const float* __restrict const scale = norm.scale;
  const float* __restrict const shift = norm.shift;
  const float* __restrict const of_gradient = by.of_gradient;
  const float* __restrict const of_value = by.of_value;
  const float* __restrict const mean = by.mean;
  const float* __restrict const constant = by.constant;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel, values += count, gradient += count)
    for (std::size_t i = 0; i < count; ++i) {
      const float value = wide(values[i]);
      const float reached = reaching<kAfter>(wide(gradient[i]), value, scale[i], shift[i]);
      gradient[i] = narrow<T>(of_gradient[i] * reached + (of_value[i] * (value - mean[i]) + constant[i]));
    }
}

}  // namespace

FER_MULTIVERSION void addMoments(const float* values, std::size_t pixels, std::size_t count, double* sum,
                                 double* square) {
  addMomentsOf(values, pixels, count, sum, square);
}
FER_MULTIVERSION void addMoments(const Bf16* values, std::size_t pixels, std::size_t count, double* sum,
                                 double* square) {
  addMomentsOf(values, pixels, count, sum, square);
}

FER_MULTIVERSION void normalise(const float* values, std::size_t pixels, std::size_t count, ScaleAndShift norm,
                                After after, float* out) {
  after == After::kRelu ? normaliseOf<After::kRelu>(values, pixels, count, norm, out)
                        : normaliseOf<After::kNothing>(values, pixels, count, norm, out);
}
FER_MULTIVERSION void normalise(const Bf16* values, std::size_t pixels, std::size_t count, ScaleAndShift norm,
                                After after, Bf16* out) {
  after == After::kRelu ? normaliseOf<After::kRelu>(values, pixels, count, norm, out)
                        : normaliseOf<After::kNothing>(values, pixels, count, norm, out);
}

FER_MULTIVERSION void addNormGradients(const float* gradient, const float* values, std::size_t pixels,
                                       std::size_t count, ScaleAndShift norm, After after, double* sum,
                                       double* product) {
  after == After::kRelu ? addNormGradientsOf<After::kRelu>(gradient, values, pixels, count, norm, sum, product)
                        : addNormGradientsOf<After::kNothing>(gradient, values, pixels, count, norm, sum, product);
}
FER_MULTIVERSION void addNormGradients(const Bf16* gradient, const Bf16* values, std::size_t pixels, std::size_t count,
                                       ScaleAndShift norm, After after, double* sum, double* product) {
  after == After::kRelu ? addNormGradientsOf<After::kRelu>(gradient, values, pixels, count, norm, sum, product)
                        : addNormGradientsOf<After::kNothing>(gradient, values, pixels, count, norm, sum, product);
}

FER_MULTIVERSION void passThroughNorm(float* gradient, const float* values, std::size_t pixels, std::size_t count,
                                      ScaleAndShift norm, After after, NormGradient by) {
  after == After::kRelu ? passThroughNormOf<After::kRelu>(gradient, values, pixels, count, norm, by)
                        : passThroughNormOf<After::kNothing>(gradient, values, pixels, count, norm, by);
}
FER_MULTIVERSION void passThroughNorm(Bf16* gradient, const Bf16* values, std::size_t pixels, std::size_t count,
                                      ScaleAndShift norm, After after, NormGradient by) {
  after == After::kRelu ? passThroughNormOf<After::kRelu>(gradient, values, pixels, count, norm, by)
                        : passThroughNormOf<After::kNothing>(gradient, values, pixels, count, norm, by);
}

}  // namespace fer::nn
