#include "fer/report/evaluation/model_card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/report/evaluation/json.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

namespace fer::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kConfig = R"({
  "schema": 2,
  "model": {"name": "vgg_block", "weights": "/somewhere/vgg.pth",
            "init": "/somewhere/first/checkpoints/final.safetensors"},
  "data": {"channels": 1, "height": 48, "width": 48},
  "train": {"epochs": 50, "batch_size": 64, "optimiser": {"lr": 0.001}, "checkpoint": {"monitor": "val_accuracy"},
            "distill": {"teachers": ["/somewhere/big/checkpoints/final.safetensors", "/somewhere/bigger"]}}
})";
constexpr const char* kEnvironment = R"({
  "schema": 1, "fer": "0.1.0", "libtorch": "1.13.0", "processor": "a processor", "precision": "fp32", "seed": 42,
  "data": {"path": "/somewhere/fer2013.csv", "hash": "c44e", "protocol": "original", "train": 22965,
           "validation": 5741, "test": 7178, "unused": 3, "test_also_in_train": 466, "validation_also_in_train": 354}
})";

TEST(ModelCard, SaysWhatTheRunStores) {
  test::expectGolden(modelCard({"vgg_block", kConfig, kEnvironment, {sampleSummary(), completeSummary()}}),
                     "report/model-card.md");
}

TEST(ModelCard, SaysWhatIsProhibitedWhateverTheRun) {
  const std::string card = modelCard({"a|b", "", "", {}});
  EXPECT_THAT(card, AllOf(HasSubstr("# Model card: a\\|b\n"), HasSubstr("Article 5(1)(f)"),
                          HasSubstr("What the labels are worth"), HasSubstr("Not evaluated yet"),
                          HasSubstr("Not measured"), Not(HasSubstr("data hash"))));
}

TEST(ModelCard, SaysWhatIsKnownOfFer2013OfNothingElse) {
  const std::string known = "people agree with their labels in about 65 %";
  EXPECT_THAT(modelCard({"x", "", kEnvironment, {}}), HasSubstr(known)) << "by protocol and rows";
  EXPECT_THAT(modelCard({"x", "", kEnvironment, {sampleSummary()}}), HasSubstr(known));
  metrics::Summary by_hash = sampleSummary();
  by_hash.protocol = "fractions";
  EXPECT_THAT(modelCard({"x", "", "", {by_hash}}), Not(HasSubstr("FER-2013")));
  by_hash.data_hash = "c44e7720fddb07647c254a29a0f1f21f56dcf162e23ba4c44c9d727a868bfb91";
  EXPECT_THAT(modelCard({"x", "", "", {by_hash}}), HasSubstr(known));
  // Drawn faces have the protocol, too, as a new user's first run does.
  const char* drawn = R"({"data": {"hash": "12ab", "protocol": "original", "test": 60}})";
  EXPECT_THAT(modelCard({"x", "", drawn, {}}), AllOf(Not(HasSubstr("FER-2013")), Not(HasSubstr("65 %"))));
}

TEST(ModelCard, SaysWhatWasFittedAndWhoseLabelsTheScoresAreOf) {
  metrics::Summary own = metrics::summarise(smallEvaluation());
  own.engine = "xnnpack";
  own.model_file = "small.onnx";
  own.checkpoint = "final";
  own.calibration = metrics::Calibration{1.25, 3589, 0.875, 0.4, 0.03125};
  own.ceiling = metrics::Ceiling{0.6875, 0.765625, 3589};
  own.cost = metrics::Cost{0.16, 1400000, 2.5, 320, "a processor", 1};
  metrics::Summary other = own;
  other.label_set = "FER+";
  other.calibration.reset();
  other.ceiling.reset();
  const std::string card = modelCard({"small", kConfig, "", {own, other}});
  EXPECT_THAT(card, AllOf(HasSubstr("| small.onnx, run by xnnpack "), HasSubstr("none was chosen"),
                          HasSubstr("\n| test, labels of FER+ | final "), HasSubstr("a temperature of 1.2500, fitted"),
                          HasSubstr("its 2 images of PrivateTest: accuracy 0.0000"),
                          HasSubstr("votes and network together 0.7656")));
  EXPECT_THAT(card, Not(HasSubstr("best val_accuracy")));
  EXPECT_EQ(card.find("2.50 ms a face"), card.rfind("2.50 ms a face")) << "of one machine, said once";
}

// Of smallEvaluation: 3 rows of the first class, one of which is taken for it and one each for the two others.
TEST(ModelCard, HoldsTheConfusionMatrixOfTheTestSplit) {
  metrics::Summary summary = metrics::summarise(smallEvaluation());
  const auto card = [&] { return modelCard({"x", "", "", {summary}}); };
  EXPECT_THAT(card(), HasSubstr("## Confusion matrix\n"));
  EXPECT_THAT(card(), HasSubstr("| angry, very     |           2 |        0 |               1 |"));
  summary.tta = "flip";
  EXPECT_THAT(card(), Not(HasSubstr("## Confusion matrix\n")));
}

TEST(ModelCard, RefusesRecordsThatAreNoJson) {
  EXPECT_THROW(modelCard({"x", "{", "", {}}), Error);
  EXPECT_THROW(modelCard({"x", "", "[1", {}}), Error);
}

TEST(ModelCard, TakesRecordsOfAnyShape) {
  for (const char* odd : {"[]", "3", "null", R"({"data": 5, "train": []})", R"({"data": {"height": null}})"})
    EXPECT_THAT(modelCard({"x", odd, odd, {}}), HasSubstr("## Limits"));
}

TEST(ModelCard, IsWrittenIntoTheRunFromAllItsEvaluations) {
  const test::TempFolder temp;
  const auto run = temp / "a run";
  for (const char* split : {"validation", "test", "test-flip"}) {
    std::filesystem::create_directories(run / "eval" / split);
    metrics::Summary summary = sampleSummary();
    summary.split = split == std::string("validation") ? "validation" : "test";
    if (split == std::string("test-flip")) summary.tta = "flip";
    writeFile(run / "eval" / split / "evaluation.json", evaluationJson(summary));
  }
  std::filesystem::create_directories(run / "eval" / "not evaluated");
  std::filesystem::create_directories(run / "eval" / "validation" / "other_labels");
  metrics::Summary other = sampleSummary();
  other.split = "validation";
  other.label_set = "FER+";
  writeFile(run / "eval" / "validation" / "other_labels" / "evaluation.json", evaluationJson(other));
  writeFile(run / "environment.json", kEnvironment);
  writeModelCard(run);
  const std::string card = test::fileText(run / "model-card.md");
  EXPECT_THAT(card, AllOf(HasSubstr("# Model card: a run\n"), HasSubstr("| 466 "), HasSubstr("\n| test, flip "),
                          Not(HasSubstr("somewhere"))));
  EXPECT_LT(card.find("\n| test "), card.find("\n| test, flip "));
  EXPECT_LT(card.find("\n| test, flip "), card.find("\n| validation  "));
  EXPECT_THAT(card, HasSubstr("\n| validation, labels of FER+ | best "));
  writeFile(run / "eval" / "test" / "evaluation.json", "{}");
  EXPECT_THROW(writeModelCard(run), Error);
}

}  // namespace
}  // namespace fer::report
