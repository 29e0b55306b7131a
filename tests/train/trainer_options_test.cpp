// Trainings with options drawn at random: whatever is on, one that is stopped and resumed is the same to the bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/nn/device.hpp"
#include "support/error_of.hpp"
#include "support/inverted.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the sessions of a small training

template <class T>
T oneOf(RandomStream& stream, const std::vector<T>& list) {
  return list[stream.below(static_cast<std::uint32_t>(list.size()))];
}

void drawAugment(RandomStream& stream, Experiment& experiment) {
  data::AugmentOptions& augment = experiment.augment;
  augment.rotation = oneOf<double>(stream, {0, 15});
  augment.shift = oneOf<double>(stream, {0, 0.1});
  augment.shear = oneOf<double>(stream, {0, 10});
  augment.scale = oneOf<std::vector<double>>(stream, {{1, 1}, {0.5, 1.2}});
  augment.aspect = oneOf<std::vector<double>>(stream, {{1, 1}, {0.75, 1.4}});
  augment.contrast = oneOf<std::vector<double>>(stream, {{1, 1}, {0.5, 1.5}});
  augment.gamma = oneOf<std::vector<double>>(stream, {{1, 1}, {0.5, 2}});
  augment.erasing.probability = oneOf<double>(stream, {0, 0.5});
  augment.erasing.fill = oneOf<std::string>(stream, {"mean", "zero"});
  augment.flip_alternating = oneOf<int>(stream, {0, 1}) == 1;
  augment.policy = oneOf<std::string>(stream, {"none", "trivial"});
  augment.crop = oneOf<int>(stream, {0, 12});
  if (augment.crop == 0) return;
  experiment.model.name = "compact";
  experiment.train.progressive = oneOf<std::vector<std::string>>(stream, {{}, {"12:0", "16:1"}});
}

/// `teacher` is a run.
Experiment drawnExperiment(std::uint32_t number, const std::string& teacher) {
  RandomStream stream(number, Purpose::kSynth);
  Experiment experiment = smallExperiment(3);
  TrainOptions& train = experiment.train;
  train.optimiser.name = oneOf<std::string>(stream, {"adam", "adamw", "muon", "sgd"});
  train.optimiser.lr = train.optimiser.name == "sgd" ? 0.01 : 1e-3;
  if (train.optimiser.name != "adam") train.optimiser.weight_decay = oneOf<double>(stream, {0, 5e-4});
  train.optimiser.nesterov = oneOf<int>(stream, {0, 1}) == 1;
  train.optimiser.clip_norm = oneOf<double>(stream, {0, 1});
  train.optimiser.bias_lr = oneOf<double>(stream, {1, 2});
  train.schedule.name = oneOf<std::string>(stream, {"constant", "step", "cosine", "linear", "one_cycle"});
  if (train.schedule.name == "step") train.schedule.milestones = {1, 2};
  if (train.schedule.name != "one_cycle") train.schedule.warmup = oneOf<double>(stream, {0, 0.5});
  train.loss.label_smoothing = oneOf<double>(stream, {0, 0.1});
  train.loss.class_weights = oneOf<std::string>(stream, {"none", "balanced"});
  train.mix.mixup = oneOf<double>(stream, {0, 0.4});
  train.mix.cutmix = oneOf<double>(stream, {0, 1});
  train.ema.decay = oneOf<double>(stream, {0, 0.9});
  train.ema.warmup = oneOf<int>(stream, {0, 1}) == 1;
  if (train.ema.decay == 0) train.swa.start = oneOf<int>(stream, {0, 1});
  train.lookahead.steps = oneOf<int>(stream, {0, 3});
  train.sampler = oneOf<std::string>(stream, {"shuffle", "balanced"});
  train.early_stopping.enabled = oneOf<int>(stream, {0, 1}) == 1;
  drawAugment(stream, experiment);
  if (train.loss.class_weights == "none" && oneOf<int>(stream, {0, 1}) == 1) train.distill.teachers = {teacher};
  train.start.dirac = oneOf<int>(stream, {0, 1}) == 1;
  train.start.whitening = oneOf<int>(stream, {0, 1}) == 1;
  experiment.augment.clahe.probability = oneOf<double>(stream, {0, 0.5});
  validate(experiment, "drawn");
  return experiment;
}

std::vector<int> drawnStops(std::uint32_t number) {
  RandomStream stream(number, Purpose::kSplit);
  std::vector<int> steps;
  constexpr std::size_t kPieces = 5;
  steps.reserve(kPieces);
  for (int i = 0; i < 4; ++i) steps.push_back(1 + static_cast<int>(stream.below(6)));
  steps.push_back(1000);
  return steps;
}

TEST(TrainerOptions, TwentyDrawnSetsAreTheSameInPieces) {
  nn::setComputeThreads(1);
  const TempFolder folder;
  data::TrainingData data = brightnessData(50);  // 40 train: 5 steps an epoch
  data.equalised = invertedImages(data.dataset, data.train);
  const RunDirectory teacher = RunDirectory::create(folder / "teacher");
  Experiment of_teacher = smallExperiment(1);
  of_teacher.model.name = "compact";
  Session{of_teacher, data, teacher}.train();
  int taught = 0;
  int progressive = 0;
  int equalised = 0;
  for (std::uint32_t number = 0; number < 20; ++number) {
    const Experiment experiment = drawnExperiment(number, teacher.checkpoint("best").string());
    taught += experiment.train.distill.on() ? 1 : 0;
    progressive += experiment.train.progressive.empty() ? 0 : 1;
    equalised += experiment.augment.clahe.probability > 0 ? 1 : 0;
    SCOPED_TRACE(experimentText(experiment));
    const bool resident = number % 2 == 1;
    Session straight{experiment, data, RunDirectory::create(folder / ("s" + std::to_string(number))), resident};
    EXPECT_EQ(straight.train(), Trainer::Ending::kFinished);
    expectSameInPieces(straight, RunDirectory::create(folder / ("p" + std::to_string(number))), drawnStops(number));
  }
  EXPECT_GE(taught, 3);
  EXPECT_GE(progressive, 3);
  EXPECT_GE(equalised, 3);
}

// What each option changes is the weights; so none is forgotten on its way to the step.
TEST(TrainerOptions, EachChangesWhatIsLearned) {
  nn::setComputeThreads(1);
  const TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  int number = 0;
  const auto trained = [&](const std::function<void(TrainOptions&)>& change, bool resident) {
    Experiment experiment = smallExperiment(1);
    experiment.train.optimiser.lr = 0.01;
    change(experiment.train);
    Session session{experiment, data, RunDirectory::create(folder / std::to_string(number++)), resident};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  };
  const std::vector<std::pair<const char*, std::function<void(TrainOptions&)>>> changes = {
      {"dirac", [](TrainOptions& t) { t.start.dirac = true; }},
      {"whitening", [](TrainOptions& t) { t.start.whitening = true; }},
      {"optimiser", [](TrainOptions& t) { t.optimiser.name = "sgd"; }},
      {"weight decay",
       [](TrainOptions& t) {
         t.optimiser.name = "adamw";
         t.optimiser.weight_decay = 0.1;
       }},
      {"clip_norm", [](TrainOptions& t) { t.optimiser.clip_norm = 1e-6; }},
      {"bias_lr", [](TrainOptions& t) { t.optimiser.bias_lr = 10; }},
      {"schedule", [](TrainOptions& t) { t.schedule.name = "cosine"; }},
      {"label_smoothing", [](TrainOptions& t) { t.loss.label_smoothing = 0.5; }},
      {"class_weights", [](TrainOptions& t) { t.loss.class_weights = "balanced"; }},
      {"mixup", [](TrainOptions& t) { t.mix.mixup = 1; }},
      {"cutmix", [](TrainOptions& t) { t.mix.cutmix = 1; }},
      {"sampler", [](TrainOptions& t) { t.sampler = "balanced"; }},
      {"lookahead", [](TrainOptions& t) { t.lookahead.steps = 2; }},
      {"ema", [](TrainOptions& t) { t.ema.decay = 0.9; }}};
  for (const bool resident : {false, true}) {
    const at::Tensor plain = trained([](TrainOptions&) {}, resident);
    for (const auto& [name, change] : changes)
      EXPECT_FALSE(at::allclose(plain, trained(change, resident), 1e-6, 1e-9)) << name << resident;
  }
}

TEST(TrainerOptions, EachAugmentationChangesWhatIsLearned) {
  nn::setComputeThreads(1);
  const TempFolder folder;
  data::TrainingData data = brightnessData(50);
  data.equalised = invertedImages(data.dataset, data.train);
  int number = 0;
  const auto trained = [&](const std::function<void(data::AugmentOptions&)>& change, bool resident) {
    Experiment experiment = smallExperiment(1);
    experiment.model.name = "compact";
    experiment.train.optimiser.lr = 0.01;
    change(experiment.augment);
    Session session{experiment, data, RunDirectory::create(folder / std::to_string(number++)), resident};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  };
  const std::vector<std::pair<const char*, std::function<void(data::AugmentOptions&)>>> changes = {
      {"flip_alternating", [](auto& a) { a.flip_alternating = true; }},
      {"rotation", [](auto& a) { a.rotation = 15; }},
      {"shift", [](auto& a) { a.shift = 0.1; }},
      {"shear", [](auto& a) { a.shear = 10; }},
      {"scale",
       [](auto& a) {
         a.scale = {0.5, 1};
       }},
      {"aspect",
       [](auto& a) {
         a.aspect = {0.75, 1.4};
       }},
      {"crop", [](auto& a) { a.crop = 12; }},
      {"contrast",
       [](auto& a) {
         a.contrast = {0.5, 1.5};
       }},
      {"gamma",
       [](auto& a) {
         a.gamma = {0.5, 2};
       }},
      {"erasing", [](auto& a) { a.erasing.probability = 0.5; }},
      {"clahe", [](auto& a) { a.clahe.probability = 0.5; }},
      {"policy", [](auto& a) { a.policy = "trivial"; }}};
  for (const bool resident : {false, true}) {
    const at::Tensor plain = trained([](auto&) {}, resident);
    for (const auto& [name, change] : changes)
      EXPECT_FALSE(at::allclose(plain, trained(change, resident), 1e-6, 1e-9)) << name << resident;
  }
}

// The average is what is validated: so its scores are those of final.safetensors, and last keeps both.
TEST(TrainerOptions, TheAverageIsWhatIsKept) {
  nn::setComputeThreads(1);
  const TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(2);
  experiment.train.ema.decay = 0.9;
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  session.train();
  const nn::TensorFile last = nn::readTensors(session.run.checkpoint("last"));
  const nn::TensorFile final = nn::readTensors(session.run.checkpoint("final"));
  EXPECT_TRUE(at::equal(final.tensors.at("conv1.weight"), last.tensors.at("ema/conv1.weight")));
  EXPECT_FALSE(at::equal(final.tensors.at("conv1.weight"), last.tensors.at("conv1.weight")));
  experiment.train.ema.decay = 0;
  experiment.train.swa.start = 1;
  Session mean{experiment, data, RunDirectory::create(folder / "mean")};
  mean.train();
  const nn::TensorFile swa = nn::readTensors(mean.run.checkpoint("last"));
  EXPECT_TRUE(at::equal(nn::readTensors(mean.run.checkpoint("final")).tensors.at("conv1.weight"),
                        swa.tensors.at("swa/conv1.weight")));
}

TEST(TrainerOptions, RefuseWhatDoesNotGoTogether) {
  const auto refused = [](const std::function<void(TrainOptions&)>& change) {
    TrainOptions options;
    change(options);
    return test::errorOf(Fault::kUsage, [&] { validate(options, "x.json"); });
  };
  EXPECT_EQ(refused([](TrainOptions& t) { t.optimiser.weight_decay = 0.1; }),
            "x.json: train.optimiser.weight_decay: adam has none. Choose adamw (train.optimiser.name).");
  EXPECT_THAT(refused([](TrainOptions& t) { t.schedule.milestones = {3}; }), ::testing::HasSubstr("only for step"));
  EXPECT_THAT(refused([](TrainOptions& t) {
                t.ema.decay = 0.9;
                t.swa.start = 1;
              }),
              ::testing::HasSubstr("averages the weights already"));
  EXPECT_THAT(refused([](TrainOptions& t) { t.distill.mirror = true; }), ::testing::HasSubstr("no teacher to ask"));
  EXPECT_THAT(refused([](TrainOptions& t) { t.schedule.warmup = 51; }), ::testing::HasSubstr("longer than"));
  EXPECT_THAT(refused([](TrainOptions& t) {
                t.schedule.name = "one_cycle";
                t.schedule.warmup = 1;
              }),
              ::testing::HasSubstr("rises by itself"));
}

}  // namespace
}  // namespace fer::train
