#include "fer/nn/memory/layout.hpp"

#include <ATen/ATen.h>

namespace fer::nn {

void useFastLayout(Network& network, c10::Device device) {
  network.to(device);
  for (at::Tensor& parameter : network.parameters())
    if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
}

at::Tensor fastLayout(const at::Tensor& images) {
  const at::Tensor result = images.contiguous(at::MemoryFormat::ChannelsLast);
  if (result.size(1) != 1) return result;
  // One channel lies alike in both layouts, and LibTorch goes by the strides: it would choose the slow one from here
  // on.
  const std::int64_t width = result.size(3);
  return result.as_strided(result.sizes(), {result.size(2) * width, 1, width, 1});
}

}  // namespace fer::nn
