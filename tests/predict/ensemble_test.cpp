#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/predict/ensemble_file.hpp"
#include "fer/predict/ensemble_predictor.hpp"
#include "fer/predict/mixture_weights.hpp"
#include "support/function_predictor.hpp"
#include "support/temp_folder.hpp"

namespace fer::predict {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

/// Says the same of every image of one pixel.
std::unique_ptr<Predictor> saying(const std::vector<float>& answer, std::vector<std::string> classes = {"a", "b"}) {
  return std::make_unique<test::FunctionPredictor>(ImageShape{1, 1, 1}, std::move(classes),
                                                   [answer](std::span<const std::uint8_t>) { return answer; });
}

std::vector<std::unique_ptr<Predictor>> two(std::unique_ptr<Predictor> first, std::unique_ptr<Predictor> second) {
  std::vector<std::unique_ptr<Predictor>> members;
  members.push_back(std::move(first));
  members.push_back(std::move(second));
  return members;
}

TEST(EnsemblePredictor, AveragesItsMembersByWeight) {
  EnsemblePredictor predictor(two(saying({0.9F, 0.1F}), saying({0.2F, 0.8F})), {0.25, 0.75});
  const std::vector<float> found = predictor.probabilities(std::vector<std::uint8_t>{1, 2});
  ASSERT_EQ(found.size(), 4U);
  for (const std::size_t image : {0U, 1U}) {
    EXPECT_NEAR(found[2 * image], 0.375, 1e-7);
    EXPECT_NEAR(found[2 * image + 1], 0.625, 1e-7);
  }
}

TEST(EnsemblePredictor, RefusesMembersAndWeightsThatDoNotFit) {
  const auto make = [](std::vector<std::string> classes, std::vector<double> weights) {
    EnsemblePredictor(two(saying({1, 0}), saying({1, 0}, std::move(classes))), std::move(weights));
  };
  EXPECT_NO_THROW(make({"a", "b"}, {0.5, 0.5}));
  EXPECT_THROW(make({"b", "a"}, {0.5, 0.5}), std::invalid_argument);
  EXPECT_THROW(make({"a", "b"}, {1}), std::invalid_argument);
  EXPECT_THROW(make({"a", "b"}, {0.5, 0.6}), std::invalid_argument);
  EXPECT_THROW(make({"a", "b"}, {1.5, -0.5}), std::invalid_argument);
  EXPECT_THROW(make({"a", "b"}, {NAN, 0.5}), std::invalid_argument);
  EXPECT_THROW(EnsemblePredictor({}, {}), std::invalid_argument);
}

/// Two classes; `of_the_label` is what the member gives each row's label, all labels being 1.
std::vector<float> member(const std::vector<float>& of_the_label) {
  std::vector<float> all;
  for (const float share : of_the_label) {
    all.push_back(1 - share);
    all.push_back(share);
  }
  return all;
}

// By hand: 3 rows give w 0.9 + (1 - w) 0.1, 2 rows the reverse; 3 ln(0.1 + 0.8 w) + 2 ln(0.9 - 0.8 w) is highest at
// w = (0.9 * 3 - 0.1 * 2) / (0.8 * 5) = 0.625.
TEST(MixtureWeights, AreThoseOfTheLowestNegativeLogLikelihood) {
  const std::vector<float> first = member({0.9F, 0.9F, 0.9F, 0.1F, 0.1F});
  const std::vector<float> second = member({0.1F, 0.1F, 0.1F, 0.9F, 0.9F});
  const std::vector<std::vector<float>> members{first, second};
  const std::vector<double> weights = fitMixtureWeights(members, std::vector<int>(5, 1), 2);
  EXPECT_THAT(weights, ElementsAre(DoubleNear(0.625, 1e-3), DoubleNear(0.375, 1e-3)));
}

TEST(MixtureWeights, LeaveOutAMemberThatOnlyHarms) {
  const std::vector<std::vector<float>> members{member({0.3F, 0.2F}), member({0.8F, 0.9F}), member({0.5F, 0.0F})};
  const std::vector<double> weights = fitMixtureWeights(members, std::vector<int>{1, 1}, 2);
  EXPECT_THAT(weights, ElementsAre(DoubleNear(0, 1e-5), DoubleNear(1, 1e-5), DoubleNear(0, 1e-5)));
}

TEST(MixtureWeights, MembersAlikeKeepEqualWeights) {
  const std::vector<std::vector<float>> members(4, member({0.3F, 0.7F, 0.0F}));
  const std::vector<double> weights = fitMixtureWeights(members, std::vector<int>{1, 1, 1}, 2);
  for (const double weight : weights) EXPECT_NEAR(weight, 0.25, 1e-12);
}

TEST(MixtureWeights, RefuseListsThatDoNotFit) {
  const std::vector<std::vector<float>> members{member({0.5F})};
  EXPECT_THROW(fitMixtureWeights(members, std::vector<int>{2}, 2), std::invalid_argument);
  EXPECT_THROW(fitMixtureWeights(members, std::vector<int>{-1}, 2), std::invalid_argument);
  EXPECT_THROW(fitMixtureWeights(members, std::vector<int>{1, 1}, 2), std::invalid_argument);
  EXPECT_THROW(fitMixtureWeights(members, std::vector<int>{}, 2), std::invalid_argument);
  EXPECT_THROW(fitMixtureWeights({}, std::vector<int>{1}, 2), std::invalid_argument);
}

Ensemble sample() {
  return {{{"one", "../one", "aa", 3, 0.7}, {"two", "../b/two", "bb", 0, 0.3, "final"}},
          "validation",
          23,
          "original",
          "cc"};
}

TEST(EnsembleFile, ReadsBackWhatWasWritten) {
  const test::TempFolder folder;
  writeFile(folder / "ensemble.json", ensembleJson(sample()));
  EXPECT_EQ(readEnsemble(folder / "ensemble.json"), sample());
}

TEST(EnsembleFile, KnowsTheSameMembersWhateverTheirWeights) {
  Ensemble other = sample();
  other.members[0].weight = 0.6;
  other.validation_rows = 0;
  EXPECT_TRUE(sameMembers(sample(), other));
  other.members[1].sha256 = "dd";
  EXPECT_FALSE(sameMembers(sample(), other));
  other = sample();
  other.weighting = "equal";
  EXPECT_FALSE(sameMembers(sample(), other));
}

TEST(EnsembleFile, SaysWhatIsWrongWithADamagedOne) {
  const test::TempFolder folder;
  const std::string good = ensembleJson(sample());
  const struct {
    std::string from;
    std::string to;
    const char* message;
  } cases[] = {
      {"\"schema\": 1", "\"schema\": 2", "schema 2 was written by a newer fer"},
      {"\"weight\": 0.7", "\"weight\": 0.8", "members: expected two or more whose weights add up to 1"},
      {"\"weight\": 0.7", "\"weight\": -0.7", "members[0].weight: expected a number from 0 to 1, found -0.7"},
      {"\"sha256\"", "\"sha\"", "sha256: missing"},
      {"\"weights\": \"final\"", "\"weights\": \"first\"", "weights: expected"},
      {"\"epoch\": 3", "\"epoch\": \"3\"", "epoch: expected a whole number"},
      {"\"members\": [", "\"members\": 5, \"m\": [", "members: expected a list, found 5"},
      {good, "[]", "expected an object, found []"},
  };
  for (const auto& c : cases) {
    std::string text = good;
    ASSERT_NE(text.find(c.from), std::string::npos) << c.from;
    writeFile(folder / "ensemble.json", text.replace(text.find(c.from), c.from.size(), c.to));
    try {
      readEnsemble(folder / "ensemble.json");
      ADD_FAILURE() << c.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(c.message));
      EXPECT_THAT(error.what(), HasSubstr("ensemble.json: "));
    }
  }
}

}  // namespace
}  // namespace fer::predict
