#include "fer/nn/layers/whitening.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

namespace fer::nn {
namespace {

at::Tensor tensorOf(const nlohmann::json& numbers, const std::vector<std::int64_t>& sizes) {
  return at::tensor(numbers.get<std::vector<double>>(), at::kDouble).view(sizes);
}

TEST(Whitening, IsNumpys) {
  std::ifstream file(FER_FIXTURES "/whitening.json");
  const nlohmann::json fixture = nlohmann::json::parse(file);
  int compared = 0;
  for (const auto& one : fixture.at("cases")) {
    const auto shape = one.at("shape").get<std::vector<std::int64_t>>();
    const auto kernel = one.at("kernel").get<std::int64_t>();
    const std::int64_t values = shape[1] * kernel * kernel;
    const at::Tensor images = tensorOf(one.at("levels"), shape) / 255;
    PatchSums sums(shape[1], kernel);
    sums.add(images.narrow(0, 0, 3));
    sums.add(images.narrow(0, 3, shape[0] - 3));
    const at::Tensor covariance = tensorOf(one.at("covariance"), {values, values});
    EXPECT_TRUE(at::allclose(sums.covariance(), covariance, 1e-9, 1e-12));
    const at::Tensor directions = tensorOf(one.at("directions"), {values, values});
    EXPECT_TRUE(at::allclose(whiteningDirections(sums.covariance()), directions, 1e-7, 1e-7));
    ++compared;
  }
  EXPECT_EQ(compared, 2);
}

// Two values that agree: variances 3 along (1, 1) and 1 along (1, -1); their mean is 2, so e = 0.001.
TEST(Whitening, OfTwoValuesByHand) {
  const at::Tensor covariance = at::tensor(std::vector<double>{2, 1, 1, 2}, at::kDouble).view({2, 2});
  const double together = std::sqrt(0.5 / 3.001);
  const double apart = std::sqrt(0.5 / 1.001);
  const at::Tensor expected =
      at::tensor(std::vector<double>{together, together, apart, -apart}, at::kDouble).view({2, 2});
  EXPECT_TRUE(at::allclose(whiteningDirections(covariance), expected, 1e-12, 1e-12));
}

TEST(Whitening, IsFiniteWhereValuesDoNotVary) {
  const at::Tensor grey = at::rand({4, 1, 8, 8}).expand({4, 3, 8, 8});  // of 27 values 18 say nothing new
  PatchSums repeated(3, 3);
  repeated.add(grey);
  EXPECT_TRUE(at::isfinite(whiteningDirections(repeated.covariance())).all().item<bool>());
  PatchSums flat(1, 3);
  flat.add(at::arange(4).view({4, 1, 1, 1}).expand({4, 1, 8, 8}));  // a level each
  const at::Tensor directions = whiteningDirections(flat.covariance());
  EXPECT_TRUE(at::isfinite(directions).all().item<bool>());
  // All nine vary alike by 1.25: the sum of variances is 11.25, and e = 5e-4 * 1.25.
  EXPECT_TRUE(at::allclose(directions[0], at::full({9}, 1 / 3.0 / std::sqrt(11.25 + 5e-4 * 1.25), at::kDouble)));
}

TEST(Whitening, KnowsRoundingFromVariance) {
  PatchSums sums(2, 3);
  EXPECT_EQ(sums.covariance().abs().max().item<double>(), 0);
  for (int i = 0; i < 10; ++i) sums.add(at::tensor({0.1F, 0.7F}).view({1, 2, 1, 1}).expand({3, 2, 20, 20}));
  EXPECT_EQ(sums.covariance().abs().max().item<double>(), 0);
  EXPECT_THROW(whiteningDirections(sums.covariance()), std::invalid_argument);
}

}  // namespace
}  // namespace fer::nn
