#include <ATen/ATen.h>

#include "fer/nn/memory/layout.hpp"
#include "train/step/step.hpp"

namespace fer::train {

Forward forward(nn::Network& network, const Batch& batch, const Loss& loss) {
  at::Tensor logits = network.forward(nn::fastLayout(batch.images));
  if (logits.scalar_type() == at::kBFloat16) logits = logits.to(at::kFloat);
  return {loss.of(logits, batch), logits.argmax(1).eq(batch.labels).sum()};
}

}  // namespace fer::train
