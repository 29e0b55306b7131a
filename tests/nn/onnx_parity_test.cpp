#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "fer/nn/network.hpp"
#include "fer/nn/tensor_file.hpp"
#include "support/every_layer.hpp"

namespace fer::nn {
namespace {

// What ONNX Runtime makes of tests/fixtures/onnx/every_layer.onnx, which tests/weights writes to the byte.
TEST(OnnxParity, LibTorchSaysWhatOnnxRuntimeSays) {
  const torch::NoGradGuard no_grad;
  Network network(test::everyLayer());
  const TensorFile file = fromBytes({test::tensorsOf(network.graph()), {}});
  for (const auto& [name, tensor] : namedState(network)) at::Tensor(tensor).copy_(file.tensors.at(name));
  network.eval();
  std::ifstream stream(FER_FIXTURES "/onnx/every_layer.json");
  const auto fixture = nlohmann::json::parse(stream);
  for (const auto& batch : fixture.at("batches")) {
    const auto images = batch.at("images").get<std::int64_t>();
    const at::Tensor pixels = at::empty({images, 1, 6, 5});
    for (std::int64_t i = 0; i < pixels.numel(); ++i)
      pixels.data_ptr<float>()[i] = test::pixelNumber(static_cast<std::size_t>(i));
    const at::Tensor expected =
        at::tensor(batch.at("probabilities").get<std::vector<double>>(), at::kDouble).view({images, 3});
    const at::Tensor found = at::softmax(network.forward(pixels), 1).to(at::kDouble);
    EXPECT_LT((found - expected).abs().max().item<double>(), 1e-6) << images << " images";
  }
}

}  // namespace
}  // namespace fer::nn
