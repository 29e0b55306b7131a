#include "train/batch/teaching.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <numeric>
#include <utility>

#include "fer/nn/device.hpp"
#include "fer/train/store_teachers.hpp"
#include "support/error_of.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"
#include "train/batch/degraded_batches.hpp"
#include "train/batch/stored_opinions.hpp"

namespace fer::train {
namespace {

using test::brightnessData;
using test::smallExperiment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

StoreEvents quietly(const std::function<bool()>& interrupted) {
  return {interrupted, [](std::size_t) {}, [](int, bool) {}};
}

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
    return storeTeachers(experiment, data, {}, folder / "stored", quietly(interrupted));
  }

  at::Tensor trained(const Experiment& student, const std::string& name, bool resident = false) const {
    test::Session session{student, data, RunDirectory::create(folder / name), resident};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  }
};

TEST(Teachers, SayTheSameOfAViewAndOfItsMirrorImageWhereTheySeeBoth) {
  School school;
  const at::Tensor images = plainBatch(school.data.dataset, {}, school.data.validation).images;
  const Teachers plain(school.teachers, school.experiment, school.data, {});
  school.experiment.train.distill.mirror = true;
  const Teachers mirrored(school.teachers, school.experiment, school.data, {});
  const at::Tensor mean = (plain.logProbabilities(images).exp() + plain.logProbabilities(images.flip(-1)).exp()) / 2;
  EXPECT_TRUE(at::allclose(mirrored.logProbabilities(images).exp(), mean, 1e-5, 1e-6));
  EXPECT_FALSE(at::allclose(plain.logProbabilities(images).exp(), mean, 1e-4, 1e-5));
}

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

TEST(Teachers, ChangeWhatIsLearned) {
  const School school;
  Experiment alone = school.experiment;
  alone.train.distill.teachers.clear();
  const at::Tensor untaught = school.trained(alone, "alone");
  EXPECT_FALSE(at::allclose(untaught, school.trained(school.experiment, "live"), 1e-3, 1e-4));
  EXPECT_FALSE(at::allclose(untaught, school.trained(school.experiment, "resident", true), 1e-3, 1e-4));
}

// To the 11 bits that a stored number has: of a logarithm, a thousandth.
TEST(Teachers, SayStoredWhatTheySayLive) {
  const School school;
  EXPECT_TRUE(school.store());
  Experiment stored = school.experiment;
  stored.train.distill.teachers.clear();
  stored.train.distill.stored = (school.folder / "stored").string();
  const auto live = taughtBatches(hostBatches(school.experiment, school.data), school.experiment, school.data, {});
  const auto read = taughtBatches(hostBatches(stored, school.data), stored, school.data, {});
  for (std::uint32_t epoch = 0; epoch < 2; ++epoch) {
    live->beginEpoch(epoch, 0, 5);
    read->beginEpoch(epoch, 0, 5);
    for (std::size_t step = 0; step < 5; ++step) {
      const Batch expected = live->training(step);
      const Batch found = read->training(step);
      EXPECT_TRUE(at::equal(found.images, expected.images));
      EXPECT_TRUE(at::allclose(found.opinions, expected.opinions, 1e-3, 1e-4)) << epoch << " " << step;
    }
  }
  EXPECT_TRUE(at::equal(school.trained(stored, "once"), school.trained(stored, "again")));
}

TEST(Teachers, OfACycleSayTheSameOfTheSameViews) {
  const School school;
  Experiment cycle = school.experiment;
  cycle.train.epochs = 5;
  cycle.train.distill.cycle = 2;
  EXPECT_TRUE(storeTeachers(cycle, school.data, {}, school.folder / "stored", quietly([] { return false; })));
  EXPECT_FALSE(std::filesystem::exists(opinionsFile(school.folder / "stored", 2)));
  Experiment stored = cycle;
  stored.train.distill.teachers.clear();
  stored.train.distill.stored = (school.folder / "stored").string();
  const auto live = taughtBatches(hostBatches(cycle, school.data), cycle, school.data, {});
  const auto read = taughtBatches(hostBatches(stored, school.data), stored, school.data, {});
  std::vector<at::Tensor> images;
  for (std::uint32_t epoch = 0; epoch < 5; ++epoch) {
    live->beginEpoch(epoch, 0, 5);
    read->beginEpoch(epoch, 0, 5);
    const Batch expected = live->training(0);
    const Batch found = read->training(0);
    EXPECT_TRUE(at::equal(found.images, expected.images));
    EXPECT_TRUE(at::allclose(found.opinions, expected.opinions, 1e-3, 1e-4)) << epoch;
    images.push_back(found.images);
  }
  EXPECT_TRUE(at::equal(images[4], images[0]));
  EXPECT_TRUE(at::equal(images[3], images[1]));
  EXPECT_FALSE(at::equal(images[1], images[0]));
  EXPECT_TRUE(at::equal(school.trained(stored, "once"), school.trained(stored, "again")));
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

// Live and stored, by an experiment without noise as well.
TEST(Teachers, AreAskedOfTheViewsBeforeBlurAndNoise) {
  const School school;
  school.store();
  Experiment noisy = school.experiment;
  noisy.augment.noise.probability = 1;
  Experiment stored = noisy;
  stored.train.distill.teachers.clear();
  stored.train.distill.stored = (school.folder / "stored").string();
  const auto opinionsOf = [&](const Experiment& experiment) {
    const auto batches = degradedBatches(
        taughtBatches(hostBatches(experiment, school.data), experiment, school.data, {}), experiment, c10::kCPU);
    batches->beginEpoch(1, 0, 5);
    return batches->training(0);
  };
  const Batch clean = opinionsOf(school.experiment);
  const Batch live = opinionsOf(noisy);
  EXPECT_FALSE(at::equal(live.images, clean.images));
  EXPECT_TRUE(at::equal(live.opinions, clean.opinions));
  EXPECT_TRUE(at::allclose(opinionsOf(stored).opinions, clean.opinions, 1e-3, 1e-4));
}

TEST(Teachers, AStoringTellsHowFarItIs) {
  const School school;
  std::vector<std::size_t> asked;
  std::vector<std::pair<int, bool>> stored;
  const StoreEvents events{[] { return false; }, [&](std::size_t images) { asked.push_back(images); },
                           [&](int epoch, bool there) { stored.emplace_back(epoch, there); }};
  storeTeachers(school.experiment, school.data, {}, school.folder / "stored", events);
  EXPECT_EQ(asked.size(), 10U);  // 5 steps, two epochs
  EXPECT_EQ(std::accumulate(asked.begin(), asked.end(), std::size_t{0}), 2 * school.data.train.size());
  EXPECT_THAT(stored, ElementsAre(std::pair(0, false), std::pair(1, false)));
  storeTeachers(school.experiment, school.data, {}, school.folder / "stored", events);
  EXPECT_EQ(asked.size(), 10U);
  EXPECT_THAT(stored, ElementsAre(std::pair(0, false), std::pair(1, false), std::pair(0, true), std::pair(1, true)));
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

// Half of the epochs by one teacher and half by another would look like any storing.
TEST(Teachers, AStoringGoesOnWithTheSameTeachersAlone) {
  const School school;
  school.store();
  const auto refused = [&](const std::function<void(Experiment&)>& change) {
    Experiment other = school.experiment;
    change(other);
    return test::errorOf(Fault::kData, [&] {
      storeTeachers(other, school.data, {}, school.folder / "stored", quietly([] { return false; }));
    });
  };
  EXPECT_THAT(
      refused([](Experiment& e) { e.train.distill.teachers.pop_back(); }),
      HasSubstr("of other teachers (teacher7/checkpoints/best.safetensors, teacher8/checkpoints/best.safetensors) "
                "than are asked here (teacher7/checkpoints/best.safetensors)"));
  EXPECT_THAT(refused([](Experiment& e) { e.train.distill.mirror = true; }), HasSubstr("of other teachers"));
  std::filesystem::copy_file(school.folder / "teacher7/checkpoints/best.safetensors",
                             school.folder / "teacher8/checkpoints/best.safetensors",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(refused([](Experiment&) {}), HasSubstr("of other teachers")) << "of the same names";
}

TEST(Teachers, AreNamedByWhatIsStored) {
  const School school;
  EXPECT_THAT(storedTeachers(school.folder / "stored"), IsEmpty());
  school.store();
  EXPECT_THAT(storedTeachers(school.folder / "stored"),
              ElementsAre((school.folder / "teacher7/checkpoints/best.safetensors").string(), school.teachers[1]));
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
  EXPECT_THAT(refused([](Experiment& e) { e.augment.clahe.probability = 0.5; }), HasSubstr("of other views"));
  EXPECT_THAT(refused([](Experiment& e) { e.train.mix.cutmix = 1; }), HasSubstr("of other views"));
  EXPECT_THAT(refused([](Experiment& e) { e.train.distill.stored = "nowhere"; }), HasSubstr("nowhere: no such folder"));
  EXPECT_THAT(refused([](Experiment& e) { e.train.epochs = 3; }),
              HasSubstr("fewer epochs than train.epochs (or train.distill.cycle), 3"));
}

}  // namespace
}  // namespace fer::train
