#include "fer/nn/precision.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "fer/core/error.hpp"
#include "fer/data/labels.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"

namespace fer::nn {
namespace {

TEST(ChoosePrecision, SaysWhatAndWhy) {
  EXPECT_EQ(choosePrecision("fp32", c10::kCPU).precision, Precision::kFp32);
  EXPECT_EQ(choosePrecision("bf16", c10::kCPU).precision, Precision::kBf16);
  const PrecisionChoice choice = choosePrecision("auto", c10::kCPU);
  EXPECT_THAT(choice.reason, ::testing::HasSubstr("processor has"));
  const bool has_not = choice.reason.find("has no bf16") != std::string::npos;
  EXPECT_EQ(choice.precision, has_not ? Precision::kFp32 : Precision::kBf16);
  EXPECT_THROW(choosePrecision("tf32", c10::kCPU), Error);
}

// Every network computes in the type it is fed, keeps its weights in float32, and says nearly the same.
TEST(Bf16, EveryNetworkComputesInTheTypeOfItsImages) {
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    if (std::string(entry.name) == "inception_block")
      continue;  // 0.6 GB of weights: the layers are those of the others
    const auto network = makeModel({entry.name, {1, 48, 48}, data::fer2013Classes()});
    initialise(*network, 1);
    useFastLayout(*network, c10::kCPU);
    network->train();
    const at::Tensor images = fastLayout(at::rand({8, 1, 48, 48}));
    at::Tensor narrow = network->forward(images.to(at::kBFloat16));
    EXPECT_EQ(narrow.scalar_type(), at::kBFloat16) << entry.name;
    at::cross_entropy_loss(narrow.to(at::kFloat), at::zeros({8}, at::kLong)).backward();
    for (const auto& item : network->named_parameters()) {
      ASSERT_TRUE(item.value().grad().defined()) << entry.name << " " << item.key();
      EXPECT_EQ(item.value().grad().scalar_type(), at::kFloat) << entry.name << " " << item.key();
      EXPECT_TRUE(at::isfinite(item.value().grad()).all().item<bool>()) << entry.name << " " << item.key();
    }
    for (const auto& [name, tensor] : namedState(*network)) EXPECT_EQ(tensor.scalar_type(), at::kFloat) << name;
    // Evaluation: batch norm over 8 images would enlarge every rounding.
    const torch::NoGradGuard no_grad;
    network->eval();
    const at::Tensor wide = network->forward(images);
    narrow = network->forward(images.to(at::kBFloat16)).to(at::kFloat);
    EXPECT_GT((wide * narrow).sum().item<double>() / (wide.norm() * narrow.norm()).item<double>(), 0.98) << entry.name;
  }
}

}  // namespace
}  // namespace fer::nn
