#include "train/step/loss.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

namespace fer::train {
namespace {

/// Probabilities 1/8, 2/8, 5/8, said of every image.
at::Tensor logits(std::int64_t images) {
  return at::tensor({1.0, 2.0, 5.0}).log().to(at::kFloat).view({1, 3}).expand({images, 3});
}

double lossOf(const Loss& loss, const std::vector<std::int64_t>& labels) {
  return loss.of(logits(static_cast<std::int64_t>(labels.size())), {{}, at::tensor(labels, at::kLong)}).item<double>();
}

TEST(Loss, IsTheCrossEntropy) {
  EXPECT_NEAR(lossOf({}, {0, 2}), (std::log(8.0) + std::log(8.0 / 5)) / 2, 1e-6);
}

// A tenth is spread: 0.9 of the label's, and a thirtieth of each class's.
TEST(Loss, SpreadsAShareOfEachTarget) {
  const double all = std::log(8.0) + std::log(4.0) + std::log(8.0 / 5);
  EXPECT_NEAR(lossOf({0.1}, {0}), 0.9 * std::log(8.0) + 0.1 / 3 * all, 1e-6);
}

// Three rows of the first class, one of the second, none of the third: 4 / (3 * 3), 4 / (3 * 1), 0.
TEST(Loss, CountsRareClassesMore) {
  const data::Dataset dataset({1, 1, 1}, {"a", "b", "c"},
                              {{1, 2, 3, 4, 5}, {0, 0, 0, 1, 2}, {0, 0, 0, 0, 0}, {0, 1, 2, 3, 4}});
  const std::vector<std::uint32_t> rows = {0, 1, 2, 3};
  TrainOptions options;
  options.loss.class_weights = "balanced";
  const Loss loss = trainingLoss(options, dataset, rows, c10::kCPU);
  EXPECT_TRUE(at::allclose(loss.class_weights, at::tensor({4.0F / 9, 4.0F / 3, 0.0F})));
  // A mean weighted by the labels' weights, as PyTorch has it.
  const double expected = (4.0 / 9 * std::log(8.0) + 4.0 / 3 * std::log(4.0)) / (4.0 / 9 + 4.0 / 3);
  EXPECT_NEAR(lossOf(loss, {0, 1}), expected, 1e-6);
}

// The student's 1/8, 2/8, 5/8 and the teacher's 4/8, 3/8, 1/8, at temperature 2: square roots, normalised.
TEST(Loss, TakesTheTeachersSoftenedOpinion) {
  Loss loss;
  loss.distill_weight = 0.25;
  loss.temperature = 2;
  Batch batch{{}, at::tensor({0}, at::kLong)};
  batch.opinions = at::tensor({4.0 / 8, 3.0 / 8, 1.0 / 8}).log().to(at::kFloat).view({1, 3});
  const double student[] = {std::sqrt(1.0), std::sqrt(2.0), std::sqrt(5.0)};
  const double teacher[] = {std::sqrt(4.0), std::sqrt(3.0), std::sqrt(1.0)};
  const double student_sum = student[0] + student[1] + student[2];
  const double teacher_sum = teacher[0] + teacher[1] + teacher[2];
  double apart = 0;
  for (int i = 0; i < 3; ++i)
    apart += teacher[i] / teacher_sum * std::log(teacher[i] / teacher_sum / (student[i] / student_sum));
  EXPECT_NEAR(loss.of(logits(1), batch).item<double>(), 0.75 * std::log(8.0) + 0.25 * 4 * apart, 1e-6);
}

}  // namespace
}  // namespace fer::train
