#include "fer/vision/smoother.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fer/core/random.hpp"
#include "support/error_of.hpp"

namespace fer::vision {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;

constexpr float kExact = 1e-6F;

std::vector<float> of(float first) {
  return {first, 1 - first};
}

TEST(LabelSmoother, TakesTheFirstProbabilitiesAsTheyAre) {
  LabelSmoother smoother;
  const Smoothed first = smoother.update(1, 5, of(0.3F));
  EXPECT_THAT(first.probabilities, ElementsAre(0.3F, 0.7F));
  EXPECT_EQ(first.label, 1U);
}

TEST(LabelSmoother, After63PercentOfAChangeOneTimeConstantIsOver) {
  LabelSmoother smoother({.seconds = 2, .margin = 0});
  smoother.update(1, 0, of(0));
  const Smoothed later = smoother.update(1, 2, of(1));
  EXPECT_THAT(later.probabilities, ElementsAre(FloatNear(0.632121F, kExact), FloatNear(0.367879F, kExact)));
  EXPECT_EQ(later.label, 0U);
}

TEST(LabelSmoother, ComesToTheSameHoweverOftenItIsTold) {
  for (const int steps : {1, 3, 50}) {
    LabelSmoother smoother;
    smoother.update(1, 0, of(0.1F));
    Smoothed last;
    for (int i = 1; i <= steps; ++i) last = smoother.update(1, 0.7 * i / steps, of(0.9F));
    EXPECT_NEAR(last.probabilities[0], 0.9 - 0.8 * std::exp(-0.7 / SmootherOptions().seconds), 1e-6) << steps;
  }
}

TEST(LabelSmoother, WithoutATimeConstantItSmoothsNothing) {
  LabelSmoother smoother({.seconds = 0, .margin = 0});
  smoother.update(1, 0, of(0.9F));
  EXPECT_THAT(smoother.update(1, 0, of(0.2F)).probabilities, ElementsAre(0.2F, FloatNear(0.8F, kExact)));
}

TEST(LabelSmoother, AnotherLabelMustExceedByMoreThanTheMargin) {
  LabelSmoother smoother({.seconds = 0, .margin = 0.25});
  EXPECT_EQ(smoother.update(1, 0, of(0.75F)).label, 0U);
  EXPECT_EQ(smoother.update(1, 1, of(0.4375F)).label, 0U) << "exceeds by 0.125";
  EXPECT_EQ(smoother.update(1, 2, of(0.375F)).label, 0U) << "by 0.25";
  EXPECT_EQ(smoother.update(1, 3, of(0.3125F)).label, 1U) << "by 0.375";
  EXPECT_EQ(smoother.update(1, 4, of(0.5625F)).label, 1U) << "and back only as late";
  EXPECT_EQ(smoother.current(1)->label, 1U);
}

TEST(LabelSmoother, TracksAreApart) {
  LabelSmoother smoother;
  smoother.update(1, 10, of(1));
  EXPECT_EQ(smoother.current(2), std::nullopt);
  EXPECT_EQ(smoother.update(2, 1, of(0)).label, 1U) << "each has its own time";
  EXPECT_THAT(smoother.current(1)->probabilities, ElementsAre(1, 0));
  smoother.forget(1);
  smoother.forget(7);
  EXPECT_EQ(smoother.current(1), std::nullopt);
  EXPECT_THAT(smoother.update(1, 0, of(0.5F)).probabilities, ElementsAre(0.5F, 0.5F)) << "begun anew";
}

TEST(LabelSmoother, RefusesWhatCannotBeAndStaysAsItWas) {
  LabelSmoother smoother;
  smoother.update(1, 1, of(0.5F));
  const json before = smoother.toJson();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(smoother.update(1, 0.9, of(0.5F)), std::invalid_argument);
  EXPECT_THROW(smoother.update(1, std::numeric_limits<double>::infinity(), of(0.5F)), std::invalid_argument);
  EXPECT_THROW(smoother.update(1, 2, std::vector<float>(3, 0.3F)), std::invalid_argument);
  EXPECT_THROW(smoother.update(2, 2, {}), std::invalid_argument);
  EXPECT_THROW(smoother.update(2, 2, std::vector<float>{nan, 1}), std::invalid_argument);
  EXPECT_THROW(smoother.update(2, 2, std::vector<float>{-0.1F, 1}), std::invalid_argument);
  EXPECT_THROW(smoother.update(0, 2, of(0.5F)), std::invalid_argument);
  EXPECT_EQ(smoother.toJson(), before);
  for (const SmootherOptions& options : {SmootherOptions{-1, 0}, SmootherOptions{INFINITY, 0}, SmootherOptions{1, -0.1},
                                         SmootherOptions{1, 1.1}, SmootherOptions{1, NAN}})
    EXPECT_THROW(LabelSmoother{options}, std::invalid_argument);
}

TEST(LabelSmoother, RestoredFromTextItDoesTheSameToTheBit) {
  LabelSmoother whole;
  RandomStream random(1, Purpose::kSynth);
  for (int i = 0; i < 300; ++i) {
    LabelSmoother restored = LabelSmoother::fromJson({}, json::parse(whole.toJson().dump()), "state.json");
    const int track = 1 + static_cast<int>(random.below(3));
    const double time_s = i * 1001 / 30000.0;
    const std::vector<float> probabilities = of(random.uniform());
    const Smoothed a = whole.update(track, time_s, probabilities);
    const Smoothed b = restored.update(track, time_s, probabilities);
    EXPECT_EQ(a.probabilities, b.probabilities);
    EXPECT_EQ(a.label, b.label);
    EXPECT_EQ(restored.toJson().dump(), whole.toJson().dump());
  }
}

TEST(LabelSmoother, AStateThatIsDamagedIsRefusedByItsKey) {
  LabelSmoother smoother;
  smoother.update(1, 1, of(0.25F));
  smoother.update(2, 1, of(0.25F));
  const json good = smoother.toJson();
  const struct {
    const char* pointer;
    json value;
    const char* message;
  } cases[] = {
      {"/schema", 9, "schema 9 was written by a newer fer"},
      {"/tracks", nullptr, "tracks: expected a list"},
      {"/tracks/0/track", 0, "tracks[0].track: expected ids from 1 on, each once"},
      {"/tracks/1/track", 1, "tracks[1].track: expected ids from 1 on, each once"},
      {"/tracks/0/time_s", "1", "tracks[0].time_s: expected a number"},
      {"/tracks/0/probabilities/1", 2, "tracks[0].probabilities[1]: expected a number from 0 to 1"},
      {"/tracks/0/probabilities", json::array(), "tracks[0].label: expected the index of a probability"},
      {"/tracks/0/label", 2, "tracks[0].label: expected the index of a probability"},
      {"/tracks/0/label", -1, "tracks[0].label: expected a whole number"},
  };
  for (const auto& [pointer, value, message] : cases) {
    json bad = good;
    bad[json::json_pointer(pointer)] = value;
    EXPECT_THAT(test::errorOf(Fault::kData, [&] { LabelSmoother::fromJson({}, bad, "state.json"); }),
                HasSubstr(message));
  }
}

/// Two classes that a noisy face cannot be told apart by, and a third: softmax of logits that change from picture to
/// picture, half of it with a memory of 0.2 s, as small movements have.
std::vector<float> closeCall(RandomStream& random, double& slow, double lead) {
  constexpr double kMemory = 0.5;
  slow = kMemory * slow + std::sqrt(1 - kMemory * kMemory) * random.normal();
  const double logits[] = {lead + 0.5 * slow + 0.5 * random.normal(), 0, -1.5};
  double sum = 0;
  for (const double logit : logits) sum += std::exp(logit);
  std::vector<float> probabilities;
  for (const double logit : logits) probabilities.push_back(static_cast<float>(std::exp(logit) / sum));
  return probabilities;
}

/// Label changes in a minute of a still face whose classes are `lead` apart in logits, classified five times a second.
double changesAMinute(const SmootherOptions& options, double lead) {
  constexpr int kMinutes = 60;
  LabelSmoother smoother(options);
  RandomStream random(3, Purpose::kSynth);
  double slow = 0;
  int changes = 0;
  std::size_t label = smoother.update(1, 0, closeCall(random, slow, lead)).label;
  for (int i = 1; i < kMinutes * 60 * 5; ++i) {
    const std::size_t next = smoother.update(1, 0.2 * i, closeCall(random, slow, lead)).label;
    changes += next == label ? 0 : 1;
    label = next;
  }
  return static_cast<double>(changes) / kMinutes;
}

TEST(LabelSmoother, TakesTheFlickerFromACloseCall) {
  const SmootherOptions none{.seconds = 0, .margin = 0};
  for (const double lead : {0.0, 0.5}) {
    const double before = changesAMinute(none, lead);
    const double after = changesAMinute({}, lead);
    std::cout << "lead " << lead << ": " << before << " changes a minute before, " << after << " after\n";
    EXPECT_GT(before, 60);
    EXPECT_LT(after, before / 10);
  }
}

TEST(LabelSmoother, ARealChangeIsThroughWithinASecond) {
  LabelSmoother smoother;
  for (int i = 0; i < 20; ++i) smoother.update(1, 0.2 * i, std::vector<float>{0.8F, 0.1F, 0.1F});
  double at = 4;
  while (smoother.update(1, at, std::vector<float>{0.1F, 0.8F, 0.1F}).label == 0) at += 0.2;
  EXPECT_LE(at - 3.8, 1.0);
}

}  // namespace
}  // namespace fer::vision
