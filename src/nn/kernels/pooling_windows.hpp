#pragma once

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace fer::nn {

/// Channels-last images that are pooled 2 x 2, stride 2; an odd last row or column is in no window.
struct PooledImages {
  std::int64_t images;
  std::int64_t channels;
  std::int64_t height;
  std::int64_t width;

  explicit PooledImages(const at::Tensor& tensor)
      : images(tensor.size(0)), channels(tensor.size(1)), height(tensor.size(2)), width(tensor.size(3)) {}

  std::int64_t outputRows() const { return images * (height / 2); }
  std::int64_t outputColumns() const { return width / 2; }

  /// The four pixels of a window in a tensor of this shape that starts at `first`: upper row, then lower row.
  template <class T>
  std::array<T*, 4> window(T* first, std::int64_t output_row, std::int64_t column) const {
    const std::int64_t row = output_row / (height / 2) * height + 2 * (output_row % (height / 2));
    T* const above = first + (row * width + 2 * column) * channels;
    T* const below = above + width * channels;
    return {above, above + channels, below, below + channels};
  }

  /// Asks for a window's pixels, which may lie behind the last; the processor itself does not foresee two rows at once.
  /// Inlined, since GCC 12 drops calls of a function that does nothing else.
  template <class T>
  [[gnu::always_inline]] void prefetch(const T* first, std::int64_t output_row, std::int64_t column) const {
    constexpr std::int64_t kLine = 64 / sizeof(T);
    const std::array<const T*, 4> pixels = window(first, output_row, column);
    for (std::int64_t i = 0; i < 2 * channels; i += kLine) {
      __builtin_prefetch(pixels[0] + i);
      __builtin_prefetch(pixels[2] + i);
    }
  }
};

/// Whether the kernels for channels-last float32 and bfloat16 on the CPU can take the images.
inline bool isChannelsLastOnCpu(const at::Tensor& images) {
  return images.device().is_cpu() && (images.scalar_type() == at::kFloat || images.scalar_type() == at::kBFloat16) &&
         images.dim() == 4 && images.is_contiguous(at::MemoryFormat::ChannelsLast);
}

/// Calls work(output row, column, element at which the output pixel's channels begin) for every window, in parallel.
void forEachWindow(const PooledImages& shape, const auto& work) {
  constexpr std::int64_t kGrain = 1 << 14;  // outputs worth a thread's while
  const std::int64_t columns = shape.outputColumns();
  at::parallel_for(0, shape.outputRows(), std::max<std::int64_t>(1, kGrain / (columns * shape.channels)),
                   [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t row = begin; row < end; ++row)
                       for (std::int64_t x = 0; x < columns; ++x) work(row, x, (row * columns + x) * shape.channels);
                   });
}

}  // namespace fer::nn
