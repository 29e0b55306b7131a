#include "fer/eval/evaluate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "fer/core/error.hpp"

namespace fer::eval {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::string> kClasses{"a", "b", "c"};
constexpr ImageShape kShape{3, 2, 2};
constexpr std::size_t kRows = 300;

/// Row i is full of i % 251, of class i % 3, its id 1000 + i.
data::Dataset numbered() {
  data::DatasetColumns columns;
  for (std::size_t i = 0; i < kRows; ++i) {
    columns.pixels.insert(columns.pixels.end(), kShape.size(), static_cast<std::uint8_t>(i % 251));
    columns.labels.push_back(static_cast<std::uint8_t>(i % 3));
    columns.parts.push_back(i % 2 == 0 ? data::kPublicTest : data::kPrivateTest);
    columns.row_ids.push_back(static_cast<std::uint32_t>(1000 + i));
  }
  return {kShape, kClasses, std::move(columns)};
}

/// Gives class `last byte % 3` 0.5 + byte / 1000, the others 0.1; remembers how many images came at once.
class FakePredictor : public predict::Predictor {
 public:
  ImageShape inputShape() const override { return shape; }
  const std::vector<std::string>& classes() const override { return names; }
  std::vector<float> probabilities(std::span<const std::uint8_t> images) override {
    batches.push_back(images.size() / shape.size());
    std::vector<float> out;
    for (; !images.empty(); images = images.subspan(shape.size())) {
      const int value = images[shape.size() - 1];
      for (int i = 0; i < 3; ++i) out.push_back(i == value % 3 ? 0.5F + static_cast<float>(value) / 1000 : 0.1F);
      if (value == broken_at) out.back() = std::numeric_limits<float>::infinity();
    }
    if (forgets) out.pop_back();
    return out;
  }

  ImageShape shape = kShape;
  std::vector<std::string> names = kClasses;
  int broken_at = -1;
  bool forgets = false;
  std::vector<std::size_t> batches;
};

TEST(Evaluate, NotesWhatThePredictorSaysOfEachRowInOrder) {
  FakePredictor predictor;
  const metrics::Evaluation evaluation =
      evaluate(predictor, numbered(), std::vector<std::uint32_t>{7, 2, 9}, {true, false, true});
  EXPECT_EQ(evaluation.classes, kClasses);
  EXPECT_THAT(evaluation.rows, ElementsAre(1007, 1002, 1009));
  EXPECT_THAT(evaluation.usages, ElementsAre("PrivateTest", "PublicTest", "PrivateTest"));
  EXPECT_THAT(evaluation.labels, ElementsAre(1, 2, 0));
  EXPECT_THAT(evaluation.probabilities, ElementsAre(0.1F, 0.507F, 0.1F, 0.1F, 0.1F, 0.502F, 0.509F, 0.1F, 0.1F));
  EXPECT_THAT(evaluation.in_training, ElementsAre(true, false, true));
  EXPECT_GT(evaluation.seconds, 0);
}

TEST(Evaluate, GoesInBatchesAndSaysHowFarItIs) {
  FakePredictor predictor;
  std::vector<std::uint32_t> rows(kRows);
  for (std::size_t i = 0; i < kRows; ++i) rows[i] = static_cast<std::uint32_t>(i);
  std::vector<std::pair<std::size_t, std::size_t>> told;
  const metrics::Evaluation evaluation = evaluate(predictor, numbered(), rows, std::vector<bool>(kRows),
                                                  [&](auto done, auto total) { told.emplace_back(done, total); });
  EXPECT_THAT(predictor.batches, ElementsAre(128, 128, 44));
  EXPECT_THAT(told, ElementsAre(std::pair(128, 300), std::pair(256, 300), std::pair(300, 300)));
  ASSERT_EQ(evaluation.rows.size(), kRows);
  for (std::size_t i = 0; i < kRows; ++i) {
    EXPECT_EQ(evaluation.rows[i], 1000 + i);
    EXPECT_FLOAT_EQ(evaluation.probabilities[3 * i + i % 251 % 3], 0.5F + static_cast<float>(i % 251) / 1000);
  }
}

Fault faultOf(FakePredictor& predictor, const std::vector<std::uint32_t>& rows, const std::string& message) {
  try {
    evaluate(predictor, numbered(), rows, std::vector<bool>(rows.size()));
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(message));
    return error.fault();
  }
  ADD_FAILURE() << "accepted, expected: " << message;
  return Fault::kUsage;
}

TEST(Evaluate, RefusesAModelThatDoesNotFitTheData) {
  FakePredictor other_shape;
  other_shape.shape = {1, 48, 48};
  EXPECT_EQ(faultOf(other_shape, {0}, "the dataset: data.channels: 3, but the model was made with 1."), Fault::kData);
  FakePredictor other_order;
  other_order.names = {"b", "a", "c"};
  EXPECT_EQ(faultOf(other_order, {0}, "the model's classes (b, a, c) are not the dataset's (a, b, c)"), Fault::kData);
  FakePredictor good;
  EXPECT_EQ(faultOf(good, {}, "there are no rows to evaluate"), Fault::kData);
}

TEST(Evaluate, StopsAtANumberThatIsNotFinite) {
  FakePredictor predictor;
  predictor.broken_at = 130;
  std::vector<std::uint32_t> rows(kRows);
  for (std::size_t i = 0; i < kRows; ++i) rows[i] = static_cast<std::uint32_t>(i);
  EXPECT_EQ(faultOf(predictor, rows, "not finite for row 1130"), Fault::kOther);
}

TEST(Evaluate, RefusesCallsThatCannotBeMeant) {
  FakePredictor predictor;
  EXPECT_THROW(evaluate(predictor, numbered(), std::vector<std::uint32_t>{1, 2}, {true}), std::invalid_argument);
  EXPECT_THROW(evaluate(predictor, numbered(), std::vector<std::uint32_t>{300}, {true}), std::out_of_range);
  predictor.forgets = true;
  EXPECT_THROW(evaluate(predictor, numbered(), std::vector<std::uint32_t>{1}, {true}), std::logic_error);
}

}  // namespace
}  // namespace fer::eval
