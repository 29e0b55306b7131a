#include "fer/train/softmax_regression.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/core/files/files.hpp"

namespace fer::train {
namespace {

// tests/oracles/softmax_regression.py. The constants may differ by one number for all classes, so probabilities count.
TEST(SoftmaxRegression, IsScikitLearns) {
  const auto fixture = nlohmann::json::parse(readFile(FER_FIXTURES "/softmax_regression.json", Fault::kData));
  const auto classes = fixture["classes"].get<std::int64_t>();
  const at::Tensor votes =
      at::tensor(fixture["votes"].get<std::vector<double>>()).view({-1, fixture["columns"].get<std::int64_t>()});
  const at::Tensor labels = at::tensor(fixture["labels"].get<std::vector<std::int64_t>>());
  const at::Tensor inputs = votes / votes.sum(1, /*keepdim=*/true);
  const at::Tensor found = softmaxProbabilities(inputs, softmaxRegression(inputs, labels, classes));
  const at::Tensor expected = at::tensor(fixture["probabilities"].get<std::vector<double>>()).view({-1, classes});
  EXPECT_LT((found - expected).abs().max().item<double>(), 1e-5);
}

// Of inputs that say nothing it is the share of each class.
TEST(SoftmaxRegression, OfNothingIsHowOftenEachClassStands) {
  const at::Tensor inputs = at::zeros({8, 2}, at::kDouble);
  const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 0, 0, 0, 1, 1, 2, 2});
  const at::Tensor found = softmaxProbabilities(inputs, softmaxRegression(inputs, labels, 3));
  EXPECT_NEAR(found[0][0].item<double>(), 0.5, 1e-8);
  EXPECT_NEAR(found[7][2].item<double>(), 0.25, 1e-8);
}

}  // namespace
}  // namespace fer::train
