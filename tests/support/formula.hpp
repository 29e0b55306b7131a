#pragma once

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fer/nn/network.hpp"
#include "nn/layers/layers.hpp"

/// Weights and images that C++ and Python work out alike, so that no file has to carry them: oracles/formula.py, which
/// says why the numbers are as they are.
namespace fer::test {

inline std::uint32_t fnv1a(std::string_view name) {
  std::uint32_t value = 2166136261U;
  for (const char byte : name) value = (value ^ static_cast<unsigned char>(byte)) * 16777619U;
  return value;
}

inline std::uint32_t hashed(std::uint32_t name, std::uint32_t index) {
  std::uint32_t x = index * 0x9E3779B9U ^ name;
  x = (x ^ (x >> 16U)) * 0x85EBCA6BU;
  x = (x ^ (x >> 13U)) * 0xC2B2AE35U;
  return x ^ (x >> 16U);
}

struct OffsetAndScale {
  double offset;
  double scale;
};

inline OffsetAndScale offsetAndScale(std::string_view name, const at::Tensor& tensor) {
  if (tensor.dim() > 1) {
    const std::int64_t fan_in = tensor.numel() / tensor.size(0);
    return {0, std::sqrt(6.0 / static_cast<double>(fan_in))};
  }
  if (name.ends_with(".running_var")) return {1, 0.5};
  if (name.ends_with(".weight")) return {0.75, 0.25};
  return {0, 0.125};
}

/// The network's numbers become float32; networks of float64 are made of them by network.to(at::kDouble).
inline void fillByFormula(nn::Network& network) {
  const torch::NoGradGuard no_grad;
  network.to(at::kFloat);
  for (const auto& [name, tensor] : nn::namedState(network)) {
    const auto [offset, scale] = offsetAndScale(name, tensor);
    const auto to = static_cast<float>(offset);
    const auto by = static_cast<float>(scale);
    const std::uint32_t hash = fnv1a(name);
    auto* const value = tensor.data_ptr<float>();
    const auto count = static_cast<std::uint32_t>(tensor.numel());
    for (std::uint32_t i = 0; i < count; ++i)
      value[i] = (static_cast<float>(hashed(hash, i) >> 8U) * 0x1p-23F - 1.0F) * by + to;
  }
}

inline std::vector<std::int64_t> kindsByFormula(std::uint32_t count, std::uint32_t classes) {
  std::vector<std::int64_t> kinds;
  for (std::uint32_t i = 0; i < count; ++i) kinds.push_back(hashed(fnv1a("kinds"), i) % classes);
  return kinds;
}

/// The kinds, a third of them replaced by whatever comes, so that there is no loss of zero.
inline std::vector<std::int64_t> labelsByFormula(std::vector<std::int64_t> kinds, std::uint32_t classes) {
  for (std::uint32_t i = 0; i < kinds.size(); ++i)
    if (hashed(fnv1a("wrong"), i) % 3 == 0) kinds[i] = hashed(fnv1a("labels"), i) % classes;
  return kinds;
}

/// An image for each kind, 64 of 256 levels of noise upon its stripes: N x 1 x side x side.
inline at::Tensor imagesByFormula(const std::vector<std::int64_t>& kinds, std::int64_t side = 48) {
  constexpr std::uint32_t kNoise = 64;
  at::Tensor images = at::empty({static_cast<std::int64_t>(kinds.size()), 1, side, side});
  auto* pixel = images.data_ptr<float>();
  const std::uint32_t hash = fnv1a("images");
  std::uint32_t index = 0;
  for (const std::int64_t kind : kinds)
    for (std::int64_t y = 0; y < side; ++y)
      for (std::int64_t x = 0; x < side; ++x) {
        const std::int64_t stripes = 3 * (x * (kind + 1) + y * (7 - kind)) % (256 - std::int64_t{kNoise});
        *pixel++ = static_cast<float>(stripes + hashed(hash, index++) % kNoise) * static_cast<float>(1.0 / 255);
      }
  return images;
}

/// Training mode but for the dropout, which drops nothing.
inline void trainWithoutDropout(nn::Network& network) {
  network.train();
  for (const auto& module : network.modules())
    if (auto* dropout = dynamic_cast<nn::Dropout*>(module.get())) dropout->eval();
}

}  // namespace fer::test
