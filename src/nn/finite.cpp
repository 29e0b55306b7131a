#include "fer/nn/finite.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>

#include "fer/core/error.hpp"

namespace fer::nn {
namespace {

/// In one pass without a copy: a checkpoint may be a gigabyte. NaN and infinity are what has all bits of the exponent.
bool allFinite(const float* values, std::int64_t count) {
  constexpr std::uint32_t kExponent = 0x7F800000;
  constexpr std::int64_t kGrain = 1 << 16;
  std::atomic<bool> finite = true;
  at::parallel_for(0, count, kGrain, [&](std::int64_t begin, std::int64_t end) {
    std::uint32_t other = 0;
    for (std::int64_t i = begin; i < end; ++i)
      other |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(values[i]) & kExponent) == kExponent);
    if (other != 0) finite = false;
  });
  return finite;
}

}  // namespace

bool isFinite(const at::Tensor& tensor) {
  if (!tensor.is_floating_point()) return true;
  if (tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_non_overlapping_and_dense())
    return allFinite(tensor.data_ptr<float>(), tensor.numel());
  return at::isfinite(tensor.detach()).all().item<bool>();
}

std::string notFinite(const std::vector<std::pair<std::string, at::Tensor>>& tensors) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors)
    if (!isFinite(tensor)) names.push_back(name);
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

void requireFinite(const TensorFile& file, const std::vector<std::string>& names, const std::string& origin) {
  std::vector<std::pair<std::string, at::Tensor>> tensors;
  tensors.reserve(names.size());
  for (const std::string& name : names) tensors.emplace_back(name, file.tensors.at(name));
  if (const std::string found = notFinite(tensors); !found.empty())
    throw dataError(origin + ": holds NaN or infinity in " + found +
                    ": the training that it is of had failed by then. Use another checkpoint, or another run's.");
}

}  // namespace fer::nn
