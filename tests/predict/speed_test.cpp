#include "fer/predict/speed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "support/function_predictor.hpp"

namespace fer::predict {
namespace {

TEST(Speed, IsThatOfSingleImagesAndOfBatches) {
  using namespace std::chrono_literals;
  test::FunctionPredictor predictor({1, 1, 1}, {"a"}, [&predictor](std::span<const std::uint8_t>) {
    if (predictor.batches.back() == 1) std::this_thread::sleep_for(1ms);
    return std::vector<float>{1};
  });
  const Speed speed = measureSpeed(predictor, std::vector<std::uint8_t>{1, 2, 3});
  EXPECT_GE(speed.ms_a_face, 1);
  EXPECT_LT(speed.ms_a_face, 100);
  EXPECT_GT(speed.images_per_s, 1000);  // without the pause
  const auto& batches = predictor.batches;
  EXPECT_EQ(std::count(batches.begin(), batches.end(), kBatch) + std::count(batches.begin(), batches.end(), 1U),
            static_cast<std::ptrdiff_t>(batches.size()));
  EXPECT_GE(std::count(batches.begin(), batches.end(), kBatch), 5);
  EXPECT_THROW(measureSpeed(predictor, {}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::predict
