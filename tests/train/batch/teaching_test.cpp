#include "train/batch/teaching.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "fer/nn/device.hpp"
#include "fer/train/store_teachers.hpp"
#include "support/error_of.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"
#include "train/batch/stored_opinions.hpp"

namespace fer::train {
namespace {

using test::brightnessData;
using test::smallExperiment;
using ::testing::HasSubstr;

/// Two trained teachers, and a student's experiment.
struct School {
  test::TempFolder folder;
  data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(2);
  std::vector<std::string> teachers;

  School() {
    nn::setComputeThreads(1);
    for (const std::uint32_t seed : {7, 8}) {
      Experiment of_teacher = smallExperiment(1);
      of_teacher.train.seed = seed;
      test::Session session{of_teacher, data, RunDirectory::create(folder / ("teacher" + std::to_string(seed)))};
      session.train();
      writeFile(session.run.config(), experimentText(of_teacher));
      teachers.push_back((seed == 7 ? session.run.path() : session.run.checkpoint("best")).string());
    }
    experiment.train.distill.teachers = teachers;
  }

  bool store(const std::function<bool()>& interrupted = [] { return false; }) const {
    return storeTeachers(experiment, data, {}, folder / "stored", {interrupted, [](int, bool) {}});
  }

  at::Tensor trained(const Experiment& student, const std::string& name, bool resident = false) const {
    test::Session session{student, data, RunDirectory::create(folder / name), resident};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  }
};

TEST(Teachers, SayTheMeanOfTheirProbabilities) {
  const School school;
  const Teachers both(school.teachers, school.experiment, school.data, {});
  const Teachers first({school.teachers[0]}, school.experiment, school.data, {});
  const Teachers second({school.teachers[1]}, school.experiment, school.data, {});
  const at::Tensor images = plainBatch(school.data.dataset, {}, school.data.validation).images;
  const at::Tensor mean = (first.logProbabilities(images).exp() + second.logProbabilities(images).exp()) / 2;
  EXPECT_TRUE(at::allclose(both.logProbabilities(images).exp(), mean, 1e-5, 1e-6));
  EXPECT_FALSE(at::allclose(first.logProbabilities(images), second.logProbabilities(images), 1e-3, 1e-3));
  EXPECT_TRUE(at::allclose(mean.sum(1), at::ones({images.size(0)}), 1e-5, 1e-5));
}

TEST(Teachers, ChangeWhatIsLearnedLiveAndStoredAlike) {
  const School school;
  EXPECT_TRUE(school.store());
  Experiment alone = school.experiment;
  alone.train.distill.teachers.clear();
  Experiment stored = alone;
  stored.train.distill.stored = (school.folder / "stored").string();
  const at::Tensor live = school.trained(school.experiment, "live");
  const at::Tensor by_store = school.trained(stored, "by_store");
  const at::Tensor untaught = school.trained(alone, "alone");
  // Stored in 16 bits: what a rounding comes to after ten steps, against what teaching does.
  const double apart = (live - by_store).abs().mean().item<double>();
  EXPECT_LT(apart, 0.1 * (live - untaught).abs().mean().item<double>());
  EXPECT_TRUE(at::equal(by_store, school.trained(stored, "again")));
  const at::Tensor resident = school.trained(stored, "resident", true);
  EXPECT_LT((resident - by_store).abs().mean().item<double>(), 0.1 * (live - untaught).abs().mean().item<double>());
}

TEST(Teachers, AreToldOfTheViewsThatTheStudentSees) {
  const School school;
  Experiment mixing = school.experiment;
  mixing.train.mix.mixup = 1;
  const auto batches = taughtBatches(hostBatches(mixing, school.data), mixing, school.data, {});
  batches->beginEpoch(1, 0, 5);
  const Batch batch = batches->training(0);
  const Teachers teachers(school.teachers, mixing, school.data, {});
  EXPECT_TRUE(at::equal(batch.opinions, teachers.logProbabilities(batch.images)));
}

TEST(Teachers, AStoringThatWasInterruptedGoesOn) {
  const School school;
  int steps = 0;
  EXPECT_FALSE(school.store([&] { return ++steps == 7; }));  // 5 steps an epoch
  EXPECT_TRUE(std::filesystem::exists(opinionsFile(school.folder / "stored", 0)));
  EXPECT_FALSE(std::filesystem::exists(opinionsFile(school.folder / "stored", 1)));
  steps = 0;
  EXPECT_TRUE(school.store([&] { return ++steps == 100; }));
  EXPECT_EQ(steps, 5);
  EXPECT_TRUE(std::filesystem::exists(opinionsFile(school.folder / "stored", 1)));
}

TEST(Teachers, OfOtherThingsAreRefused) {
  const School school;
  const auto refused = [&](const Experiment& experiment, const data::TrainingData& data) {
    return test::errorOf(Fault::kData, [&] { Teachers(experiment.train.distill.teachers, experiment, data, {}); });
  };
  Experiment rescaled = school.experiment;
  rescaled.preprocess.rescale = 1;
  EXPECT_THAT(refused(rescaled, school.data), HasSubstr("with another preprocess.rescale"));
  data::TrainingData other = brightnessData(50);
  data::DatasetColumns columns = other.dataset.columns();
  other.dataset = data::Dataset({1, 16, 16}, {"dark", "grey", "white"}, std::move(columns));
  EXPECT_THAT(refused(school.experiment, other), HasSubstr("of other classes (dark, grey, light)"));
}

TEST(Teachers, StoredOfOtherViewsOrTooFewEpochsAreRefused) {
  const School school;
  school.store();
  const auto refused = [&](const std::function<void(Experiment&)>& change) {
    Experiment student = school.experiment;
    student.train.distill.teachers.clear();
    student.train.distill.stored = (school.folder / "stored").string();
    change(student);
    return test::errorOf(Fault::kData, [&] {
      taughtBatches(hostBatches(student, school.data), student, school.data, {})->beginEpoch(0, 0, 5);
    });
  };
  EXPECT_THAT(refused([](Experiment& e) { e.train.seed = 5; }), HasSubstr("of other views"));
  EXPECT_THAT(refused([](Experiment& e) { e.augment.zoom = 0.1; }), HasSubstr("of other views"));
  EXPECT_THAT(refused([](Experiment& e) { e.train.mix.cutmix = 1; }), HasSubstr("of other views"));
  EXPECT_THAT(refused([](Experiment& e) { e.train.epochs = 3; }), HasSubstr("fewer epochs than train.epochs, 3"));
}

}  // namespace
}  // namespace fer::train
