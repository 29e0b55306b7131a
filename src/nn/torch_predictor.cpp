#include "fer/nn/torch_predictor.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <stdexcept>
#include <utility>

#include "fer/data/augment/augment.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/nn/out_of_memory.hpp"
#include "fer/nn/precision.hpp"

namespace fer::nn {
namespace {

constexpr const char* kStopOthers = "Stop other programs that use it, or give --device cpu.";

}  // namespace

TorchPredictor::TorchPredictor(LoadedModel model, c10::Device device)
    : network_(std::move(model.network)), description_(std::move(model.description)), device_(device) {
  needingMemory(device_, kStopOthers, [&] { useFastLayout(*network_, device_); });
  network_->eval();
  allowTf32(Precision::kFp32);  // LibTorch rounds a GPU's convolutions to tf32 unless it is told not to
}

std::vector<float> TorchPredictor::probabilities(std::span<const std::uint8_t> images) {
  const ImageShape shape = inputShape();
  if (images.size() % shape.size() != 0)
    throw std::invalid_argument("TorchPredictor::probabilities: the bytes are no whole number of images");
  const auto count = static_cast<std::int64_t>(images.size() / shape.size());
  const torch::NoGradGuard no_grad;
  const at::Tensor input = at::empty({count, shape.channels, shape.height, shape.width}, at::kFloat);
  data::preprocess(description_.preprocess, images, {input.data_ptr<float>(), images.size()});
  at::Tensor result;
  needingMemory(device_, kStopOthers, [&] {
    const at::Tensor logits = network_->forward(fastLayout(input.to(device_)));
    result = at::softmax(logits, 1).cpu().contiguous();
  });
  const float* first = result.data_ptr<float>();
  return {first, first + result.numel()};
}

}  // namespace fer::nn
