#include "fer/train/trainer.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/nn/device.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using test::brightnessData;
using test::expectSameInPieces;
using test::expectSameTensors;
using test::Session;
using test::smallExperiment;
using test::startingNetwork;
using ::testing::HasSubstr;

TEST(Trainer, StoppedAnywhereAndResumedItIsTheSameTraining) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);  // 40 train: 5 steps an epoch; 10 validate: 2 batches
  const Experiment experiment = smallExperiment(3);
  Session straight{experiment, data, RunDirectory::create(folder / "straight")};
  EXPECT_EQ(straight.train(), Trainer::Ending::kFinished);
  // in the middle, at the end of an epoch, within a validation
  expectSameInPieces(straight, RunDirectory::create(folder / "pieces"), {1, 4, 1, 3, 6, 2, 100});
}

// conv3 is let go after an epoch, conv1 and bn1 after two; conv2 never.
TEST(Trainer, LayersAreLetGoWhenTheirEpochComesWhereverItWasStopped) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(3);
  experiment.model.frozen = {"conv1", "bn1", "conv2", "conv3"};
  experiment.train.unfreeze = {"conv3:1", "conv1:2", "bn1:2"};
  experiment.train.optimiser.lr_scale = {"conv3:0.5"};
  experiment.train.early_stopping.enabled = false;
  Session straight{experiment, data, RunDirectory::create(folder / "straight")};
  const auto start = startingNetwork(experiment, data);
  straight.train();
  EXPECT_THAT(straight.out.str(), ::testing::HasSubstr("unfrozen: conv3"));
  const nn::TensorFile last = nn::readTensors(straight.run.checkpoint("last"));
  const auto first = start->named_parameters();
  EXPECT_TRUE(at::equal(last.tensors.at("conv2.weight"), first["conv2.weight"]));
  for (const char* name : {"conv1.weight", "bn1.weight", "conv3.weight", "conv4.weight"})
    EXPECT_FALSE(at::equal(last.tensors.at(name), first[name])) << name;
  EXPECT_FALSE(last.tensors.contains("adam.m/conv2.weight"));
  EXPECT_TRUE(last.tensors.contains("adam.m/conv1.weight"));

  expectSameInPieces(straight, RunDirectory::create(folder / "pieces"), {3, 2, 1, 4, 2, 100});
}

TEST(Trainer, SavesTheLastCheckpointEverySoManyEpochsAndAtTheEnd) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(3);
  experiment.train.checkpoint.every = 2;
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  std::vector<int> epochs;  // that last.safetensors stands at, seen at each step
  session.trainer->run([&] {
    const auto path = session.run.checkpoint("last");
    epochs.push_back(nn::readCard(nn::readTensors(path), path.string()).epoch);
    return false;
  });
  // 5 steps and 2 validation batches an epoch.
  EXPECT_EQ(std::vector<int>(epochs.begin(), epochs.begin() + 14), std::vector<int>(14, 0));
  EXPECT_EQ(std::vector<int>(epochs.begin() + 14, epochs.end()), std::vector<int>(7, 2));
  const auto path = session.run.checkpoint("last");
  EXPECT_EQ(nn::readCard(nn::readTensors(path), path.string()).epoch, 3);
}

TEST(Trainer, LoaderThreadsChangeNothing) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment none = smallExperiment(1);
  none.machine.loader_threads = 0;
  Experiment many = none;
  many.machine.loader_threads = 5;
  Session a{none, data, RunDirectory::create(folder / "a")};
  Session b{many, data, RunDirectory::create(folder / "b")};
  a.train();
  b.train();
  expectSameTensors(a.run, b.run, "last");
}

TEST(Trainer, Learns) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(150);
  Experiment experiment = smallExperiment(4);
  experiment.augment = {};
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  session.train();
  const auto& rows = session.trainer->state().rows;
  EXPECT_LT(rows.back().at("loss"), rows.front().at("loss"));
  EXPECT_GT(rows.back().at("accuracy"), 0.8);
}

TEST(Trainer, ALossThatIsNotFiniteStopsItAndKeepsTheLastGoodCheckpoint) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(50);
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  session.train(9);  // 5 steps, 2 batches of validation, 2 steps
  experiment.train.epochs = 51;
  experiment.preprocess.rescale = 1e38;  // brightness times this overflows
  Session bad{experiment, data, session.run};
  bad.trainer->resume(false);
  const std::string before = readFile(session.run.checkpoint("last"), Fault::kOther);
  try {
    bad.train();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kOther);
    EXPECT_THAT(error.what(), HasSubstr("epoch 2, step 3: the loss is not finite"));
  }
  EXPECT_TRUE(readFile(session.run.checkpoint("last"), Fault::kOther) == before);  // too large to be printed
}

TEST(Trainer, EarlyStoppingPutsTheBestWeightsBack) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(40);
  experiment.train.early_stopping.patience = 1;
  experiment.train.early_stopping.monitor = "val_accuracy";
  experiment.train.early_stopping.mode = "max";
  experiment.train.early_stopping.min_delta = 1;  // nothing after epoch 0 counts: it stops after epoch 1
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  session.train();
  EXPECT_EQ(session.trainer->state().epoch, 2);
  EXPECT_THAT(session.out.str(), HasSubstr("val_accuracy has not improved since epoch 1, whose weights were put back"));
  Experiment one = experiment;
  one.train.epochs = 1;
  Session first{one, data, RunDirectory::create(folder / "first")};
  first.train();
  expectSameTensors(session.run, first.run, "final");
}

TEST(Trainer, RefusesAStateWhoseBestWeightsAreNotWhole) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(2);
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  session.train(9);  // the second epoch is under way
  const auto path = session.run.checkpoint("last");
  nn::TensorFile file = nn::readTensors(path);
  ASSERT_EQ(file.tensors.erase("early_stopping/conv1.weight"), 1U);
  nn::writeTensors(path, file);
  Session again{experiment, data, session.run};
  try {
    again.trainer->resume(false);
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("last.safetensors: the training state is damaged: "
                                                   "early_stopping/conv1.weight is missing"));
  }
}

TEST(Trainer, RefusesToGoOnFromWhatIsNotItsOwn) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(1);
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  session.train(2);
  const auto refusal = [&](const Experiment& other, const data::TrainingData& other_data, int threads,
                           bool inexact) -> std::string {
    std::ostringstream out;
    Log log(out, session.run.log());
    Trainer trainer(other, other_data, startingNetwork(other, other_data), {session.run, {}, threads, false}, log);
    try {
      trainer.resume(inexact);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal(experiment, data, 2, false), HasSubstr("not bit for bit the same. Give the same --threads"));
  EXPECT_EQ(refusal(experiment, data, 2, true), "");
  data::TrainingData other = data;
  other.data_hash = "other";
  EXPECT_THAT(refusal(experiment, other, 1, false), HasSubstr("is of another dataset"));
  std::string bytes = readFile(session.run.checkpoint("last"), Fault::kOther);
  writeFile(session.run.checkpoint("last"), bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(refusal(experiment, data, 1, false), HasSubstr("not a valid safetensors file"));
}

TEST(Trainer, RefusesFewerEpochsThanAreDone) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment two = smallExperiment(2);
  Session session{two, data, RunDirectory::create(folder / "run")};
  session.train();
  const Experiment one = smallExperiment(1);
  Session again{one, data, session.run};
  try {
    again.trainer->resume(false);
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("train.epochs: 1, but the run has finished 2 epochs already"));
  }
}

TEST(PrepareNetwork, RefusesABatchLargerThanTheData) {
  const data::TrainingData data = brightnessData(5);
  Experiment experiment = smallExperiment(1);
  EXPECT_THROW(prepareNetwork(experiment, data), Error);
  experiment.train.drop_last = false;
  EXPECT_NO_THROW(prepareNetwork(experiment, data));
}

}  // namespace
}  // namespace fer::train
