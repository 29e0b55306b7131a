#include "train/batch/progressive.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <charconv>

#include "fer/core/error.hpp"

namespace fer::train {

std::vector<SideFrom> parseProgressive(const std::vector<std::string>& items, const std::string& origin) {
  constexpr int kSmallest = 8;
  constexpr int kLargest = 1024;
  std::vector<SideFrom> list;
  for (const std::string& item : items) {
    const char* const end = item.data() + item.size();
    SideFrom from{};
    const auto [colon, no_side] = std::from_chars(item.data(), end, from.side);
    const bool goes_on = no_side == std::errc() && colon != end && *colon == ':';
    const auto [stop, no_epoch] = std::from_chars(goes_on ? colon + 1 : end, end, from.epoch);
    if (!goes_on || no_epoch != std::errc() || stop != end || from.side < kSmallest || from.side > kLargest ||
        from.epoch < 0)
      throw usageError(origin + ": train.progressive: expected SIDE:EPOCHS, as \"32:0\", with a side from " +
                       std::to_string(kSmallest) + " to " + std::to_string(kLargest) + ", found \"" + item + "\"");
    if (!list.empty() && from.epoch <= list.back().epoch)
      throw usageError(origin + ": train.progressive: \"" + item + "\" begins no later than the one before it");
    list.push_back(from);
  }
  return list;
}

int sideOf(const std::vector<std::string>& progressive, std::uint32_t epoch) {
  int side = 0;
  for (const SideFrom& from : parseProgressive(progressive, ""))
    if (static_cast<std::uint32_t>(from.epoch) <= epoch) side = from.side;
  return side;
}

Batch resized(Batch batch, int side) {
  if (side == 0 || (batch.images.size(2) == side && batch.images.size(3) == side)) return batch;
  const torch::NoGradGuard no_grad;
  batch.images = at::_upsample_bilinear2d_aa(batch.images, {side, side}, /*align_corners=*/false);
  return batch;
}

}  // namespace fer::train
