#include "fer/nn/memory_layout.hpp"

#include <ATen/ATen.h>

namespace fer::nn {

void useFastLayout(Network& network, c10::Device device) {
  network.to(device);
  for (at::Tensor& parameter : network.parameters())
    if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
}

at::Tensor fastLayout(const at::Tensor& images) {
  return images.contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace fer::nn
