#include "fer/train/trainer.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/nn/device.hpp"
#include "support/error_of.hpp"
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

/// What a checkpoint's description says.
int epochOf(const RunDirectory& run, const std::string& which) {
  const auto path = run.checkpoint(which);
  return nn::readDescription(nn::readTensors(path), path.string()).epoch;
}

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

// As after a kill: last.safetensors stands at an epoch's end, and knows nothing of the layers that the next one lets
// go.
TEST(Trainer, GoesOnFromAnEpochsEndToOneThatLetsLayersGo) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(3);
  experiment.model.frozen = {"conv1", "bn1", "conv3"};
  experiment.train.unfreeze = {"conv3:1", "conv1:2", "bn1:2"};
  Session straight{experiment, data, RunDirectory::create(folder / "straight")};
  straight.train();
  const RunDirectory pieces = RunDirectory::create(folder / "pieces");
  for (const int epochs : {1, 2, 3}) {
    Experiment part = experiment;
    part.train.epochs = epochs;
    Session session{part, data, pieces};
    if (epochs > 1) session.trainer->resume(false);
    session.train();
    const std::string said = session.out.str();
    const char* const line = epochs == 2 ? "unfrozen: conv3" : "unfrozen: conv1";
    EXPECT_EQ(said.find(line), said.rfind(line)) << "said twice";
    EXPECT_EQ(said.find(line) != std::string::npos, epochs > 1) << said;
  }
  for (const char* which : {"best", "last", "final"}) expectSameTensors(straight.run, pieces, which);
  EXPECT_EQ(readFile(straight.run.metrics(), Fault::kOther), readFile(pieces.metrics(), Fault::kOther));
}

// At a learning rate of 0 no epoch is better than the first; epochs count from 0.
TEST(Trainer, TheBestEpochIsTheLastWhereTheValidationRowsTrain) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  for (const auto& [protocol, best] : {std::pair("challenge", 0), std::pair("refit", 2)}) {
    Experiment experiment = smallExperiment(3);
    experiment.data.protocol = protocol;
    experiment.train.optimiser.lr = 0;
    experiment.train.early_stopping.enabled = experiment.train.reduce_lr.enabled = false;
    Session session{experiment, data, RunDirectory::create(folder / protocol)};
    session.train();
    EXPECT_EQ(epochOf(session.run, "best"), best) << protocol;
  }
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
    epochs.push_back(epochOf(session.run, "last"));
    return false;
  });
  // 5 steps and 2 validation batches an epoch.
  EXPECT_EQ(std::vector<int>(epochs.begin(), epochs.begin() + 14), std::vector<int>(14, 0));
  EXPECT_EQ(std::vector<int>(epochs.begin() + 14, epochs.end()), std::vector<int>(7, 1));
  EXPECT_EQ(epochOf(session.run, "last"), 2);
}

// From 0: the epoch after which, or in which, the weights were taken; where early stopping put some back, theirs.
TEST(Trainer, CheckpointsKnowWhichEpochTheirWeightsAreOf) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);  // 5 steps and 2 batches of validation an epoch
  Experiment experiment = smallExperiment(4);
  experiment.train.early_stopping.enabled = false;
  const RunDirectory run = RunDirectory::create(folder / "run");
  const auto go = [&](int steps) {
    Session session{experiment, data, run};
    if (hasBegun(run)) session.trainer->resume(false);
    session.train(steps);
    return epochOf(run, "last");
  };
  EXPECT_EQ(go(3), 0);      // within the first epoch
  EXPECT_EQ(go(2 + 1), 0);  // within its validation
  EXPECT_EQ(go(2 + 1), 1);  // a step into the second
  EXPECT_EQ(go(1000), 3);
  EXPECT_EQ(epochOf(run, "final"), 3);

  experiment.train.early_stopping.enabled = true;
  experiment.train.early_stopping.patience = 2;
  experiment.train.early_stopping.min_delta = 100;  // nothing after epoch 0 counts: it stops after epoch 2
  Session stopped{experiment, data, RunDirectory::create(folder / "stopped")};
  stopped.train();
  ASSERT_EQ(stopped.trainer->state().epoch, 3);
  EXPECT_EQ(epochOf(stopped.run, "last"), 0);
  EXPECT_EQ(epochOf(stopped.run, "final"), 0);
  // As where it is killed after its last epoch, before the final weights are written.
  std::filesystem::remove(stopped.run.checkpoint("final"));
  Session again{experiment, data, stopped.run};
  again.trainer->resume(false);
  again.train();
  EXPECT_EQ(epochOf(stopped.run, "final"), 0);
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

// 41 training images in batches of 8: the last one is alone, and has no deviation.
TEST(Trainer, ALastBatchOfOneSpoilsNothing) {
  nn::setComputeThreads(1);
  const data::TrainingData data = brightnessData(51);
  ASSERT_EQ(data.train.size() % 8, 1U);
  for (const bool resident : {false, true}) {
    const test::TempFolder folder;
    Experiment experiment = smallExperiment(2);
    experiment.train.drop_last = false;
    Session session{experiment, data, RunDirectory::create(folder / "run"), resident};
    EXPECT_EQ(session.train(), Trainer::Ending::kFinished);
    for (const char* which : {"best", "last", "final"})
      for (const auto& [name, tensor] : nn::readTensors(session.run.checkpoint(which)).tensors)
        EXPECT_TRUE(at::isfinite(tensor).all().item<bool>()) << which << " " << name;
    EXPECT_TRUE(std::isfinite(session.trainer->state().rows.back().at("val_loss")));
  }
}

/// The bytes of a run's checkpoints, by their names.
std::map<std::string, std::string> checkpointsOf(const RunDirectory& run) {
  std::map<std::string, std::string> bytes;
  for (const auto& entry : std::filesystem::directory_iterator(run.checkpoints()))
    bytes[entry.path().filename()] = readFile(entry.path(), Fault::kOther);
  return bytes;
}

// However weights go bad: in the last step before an interrupt, in a validation, in the last step of an epoch.
TEST(Trainer, WeightsThatAreNotFiniteNeverTakeThePlaceOfGoodOnes) {
  nn::setComputeThreads(1);
  const data::TrainingData data = brightnessData(50);  // 5 steps and 2 batches of validation an epoch
  const struct {
    int spoil_at;  ///< how many steps and batches after the start
    int interrupt_at;
    const char* message;
  } cases[] = {
      {7 + 2, 7 + 2, "epoch 2, step 3: bn1.running_var is not finite"},
      {7 + 5, 1000, "epoch 2: the validation loss is not finite"},
      {7 + 6, 7 + 6, "epoch 2: bn1.running_var is not finite"},
      {7 + 7, 1000, "epoch 2: bn1.running_var is not finite"},
  };
  for (const auto& c : cases) {
    const test::TempFolder folder;
    Experiment experiment = smallExperiment(3);
    experiment.train.checkpoint.monitor = "accuracy";  // which does not know
    const auto network = startingNetwork(experiment, data);
    const RunDirectory run = RunDirectory::create(folder / "run");
    std::ostringstream out;
    Log log(out, run.log());
    Trainer trainer(experiment, data, network, {run, {}, 1, false}, log);
    std::map<std::string, std::string> good;
    int asked = 0;
    try {
      trainer.run([&] {
        ++asked;
        if (asked == c.spoil_at) {
          good = checkpointsOf(run);
          const torch::NoGradGuard no_grad;
          network->named_buffers()["bn1.running_var"][0] = std::nan("");
        }
        return asked >= c.interrupt_at;
      });
      FAIL() << "no error: " << c.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kOther);
      EXPECT_THAT(error.what(), HasSubstr(c.message));
      EXPECT_THAT(error.what(), HasSubstr("The last good weights are in " + run.checkpoint("last").string()));
    }
    EXPECT_EQ(good.size(), 2U) << "best and last of the first epoch";
    EXPECT_TRUE(checkpointsOf(run) == good) << c.message;
  }
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
  const auto refusal = [&] {
    nn::writeTensors(path, file);
    Session again{experiment, data, session.run};
    try {
      again.trainer->resume(false);
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      return std::string(error.what());
    }
    return std::string("taken");
  };
  at::Tensor& moment = file.tensors.at("adam.m/conv1.weight");
  const at::Tensor exact = std::exchange(moment, moment.to(at::kHalf));
  EXPECT_THAT(refusal(), HasSubstr("last.safetensors: other numbers than float32 (read 1 float16 tensors as float32)"));
  moment = exact;
  ASSERT_EQ(file.tensors.erase("early_stopping/conv1.weight"), 1U);
  EXPECT_THAT(refusal(), HasSubstr("last.safetensors: the training state is damaged: early_stopping/conv1.weight is "
                                   "missing"));
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

TEST(PrepareNetwork, RefusesACropThatTheImagesOrTheNetworkDoNotAllow) {
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(1);
  const auto refused = [&] { return test::errorOf(Fault::kUsage, [&] { prepareNetwork(experiment, data); }); };
  experiment.model.name = "compact";
  experiment.augment.crop = 17;
  EXPECT_THAT(refused(), HasSubstr("augment.crop: 17 is more than the images' 16 x 16 pixels"));
  experiment.augment.crop = 12;
  EXPECT_NO_THROW(prepareNetwork(experiment, data));
  experiment.augment.crop = 4;
  EXPECT_THAT(refused(), HasSubstr("augment.crop: 4 pixels are too few for compact"));
  experiment.augment.crop = 12;
  experiment.model.name = "vgg_block";
  EXPECT_THAT(refused(), HasSubstr("augment.crop: vgg_block takes images of 16 x 16 alone"));
  experiment.model.input.height = experiment.model.input.width = 16;  // which are resized first
  EXPECT_NO_THROW(prepareNetwork(experiment, data));
}

}  // namespace
}  // namespace fer::train
