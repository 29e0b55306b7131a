// Trainer with data and steps on the device, here the CPU: the way of a GPU, but for stream and CUDA graph.
#include <ATen/ATen.h>
#include <c10/util/Exception.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/memory/layout.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"
#include "support/trained_parameters.hpp"
#include "train/optim/optimiser.hpp"
#include "train/step/step.hpp"

namespace fer::train {
namespace {

using test::brightnessData;
using test::expectSameInPieces;
using test::Session;
using test::smallExperiment;
using ::testing::HasSubstr;

constexpr bool kResident = true;

/// Both ways over the same data; the figures must agree within what roundings amount to in so few steps.
void expectSameTraining(const Experiment& experiment, const data::TrainingData& data, double tolerance,
                        nn::Precision precision = nn::Precision::kFp32) {
  const test::TempFolder folder;
  Session loader{experiment, data, RunDirectory::create(folder / "loader"), !kResident, precision};
  Session resident{experiment, data, RunDirectory::create(folder / "resident"), kResident, precision};
  loader.train();
  EXPECT_EQ(resident.train(), Trainer::Ending::kFinished);
  const auto& expected = loader.trainer->state();
  const auto& found = resident.trainer->state();
  ASSERT_EQ(found.rows.size(), expected.rows.size());
  for (std::size_t epoch = 0; epoch < expected.rows.size(); ++epoch) {
    for (const auto& [name, value] : expected.rows[epoch])
      EXPECT_NEAR(found.rows[epoch].at(name), value, name.find("accuracy") == std::string::npos ? tolerance : 0.101)
          << epoch << " " << name;
    EXPECT_EQ(found.timing[epoch].images, expected.timing[epoch].images);
  }
  const nn::TensorFile first = nn::readTensors(loader.run.checkpoint("last"));
  const nn::TensorFile second = nn::readTensors(resident.run.checkpoint("last"));
  ASSERT_EQ(first.tensors.size(), second.tensors.size());
}

TEST(ResidentTrainer, IsTheSameTrainingUpToRounding) {
  nn::setComputeThreads(1);
  Experiment experiment = smallExperiment(2);
  experiment.train.reduce_lr.patience = 0;
  experiment.train.optimiser.lr = 1e-4;
  expectSameTraining(experiment, brightnessData(50), 2e-3);
}

TEST(ResidentTrainer, ComputesInBf16WhereItIsAskedTo) {
  nn::setComputeThreads(1);
  Experiment experiment = smallExperiment(1);
  experiment.train.optimiser.lr = 1e-4;
  expectSameTraining(experiment, brightnessData(50), 2e-2, nn::Precision::kBf16);
}

TEST(ResidentTrainer, TrainsThePartialBatchThatIsNotDropped) {
  nn::setComputeThreads(1);
  Experiment experiment = smallExperiment(2);
  experiment.train.drop_last = false;
  experiment.train.optimiser.lr = 1e-4;
  expectSameTraining(experiment, brightnessData(54), 2e-3);  // 44 train: 5 batches and 4 images
}

TEST(ResidentTrainer, StoppedAnywhereAndResumedItIsTheSameTraining) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);  // 40 train: 5 steps an epoch; the 10 others are one batch
  const Experiment experiment = smallExperiment(3);
  Session straight{experiment, data, RunDirectory::create(folder / "straight"), kResident};
  EXPECT_EQ(straight.train(), Trainer::Ending::kFinished);
  // in the middle, at the end of an epoch, within a validation
  expectSameInPieces(straight, RunDirectory::create(folder / "pieces"), {1, 4, 1, 3, 2, 3, 100});
}

TEST(ResidentTrainer, RecordsTheStepAnewWhenLayersAreLetGo) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(3);
  experiment.model.frozen = {"conv1", "bn1", "conv2", "conv3"};
  experiment.train.unfreeze = {"conv3:1", "conv1:2", "bn1:2"};
  experiment.train.optimiser.lr_scale = {"conv3:0.5"};
  experiment.train.early_stopping.enabled = false;
  Session session{experiment, data, RunDirectory::create(folder / "run"), kResident};
  session.train();
  const nn::TensorFile last = nn::readTensors(session.run.checkpoint("last"));
  const auto start = test::startingNetwork(experiment, data)->named_parameters();
  EXPECT_TRUE(at::equal(last.tensors.at("conv2.weight"), start["conv2.weight"]));
  for (const char* name : {"conv1.weight", "bn1.weight", "conv3.weight", "conv4.weight"})
    EXPECT_FALSE(at::equal(last.tensors.at(name), start[name])) << name;
  experiment.train.optimiser.lr = 1e-4;
  expectSameTraining(experiment, data, 2e-3);
}

TEST(ResidentTrainer, AsksAfterEveryStepWhetherToStop) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(2);
  Session session{experiment, data, RunDirectory::create(folder / "run"), kResident};
  int asked = 0;
  session.trainer->run([&] { return ++asked > 1000; });
  EXPECT_EQ(asked, 2 * (5 + 1));
}

/// A trainer whose network says before some of its passes that the device's memory is full, whatever the device.
/// Throws where `full` says so.
class FullNetwork : public nn::Network {
 public:
  FullNetwork(graph::Graph graph, std::function<bool(bool training)> full)
      : Network(std::move(graph)), full_(std::move(full)) {}

  at::Tensor forward(at::Tensor images) override {
    TORCH_CHECK_WITH(OutOfMemoryError, !full_(is_training()), "out of memory.\nA second line");
    return Network::forward(std::move(images));
  }

 private:
  std::function<bool(bool training)> full_;
};

struct ShortOfMemory {
  const Experiment& experiment;
  const data::TrainingData& data;
  RunDirectory run;
  std::function<bool(bool training)> full;
  std::ostringstream out{};
  Log log{out, run.log()};
  std::unique_ptr<Trainer> trainer{};

  void train() {
    const auto network = std::make_shared<FullNetwork>(graph::makeGraph(specOf(experiment, data)), full);
    setStartingWeights(experiment, data, *network);
    trainer = std::make_unique<Trainer>(experiment, data, network, TrainerContext{run, {}, 1, false, true}, log);
    trainer->run([] { return false; });
  }
};

TEST(ResidentTrainer, GoesOnWithTheLoaderWhereTheFirstStepDoesNotFit) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(2);
  Session loader{experiment, data, RunDirectory::create(folder / "loader")};
  loader.train();
  int left = 1;
  ShortOfMemory session{experiment, data, RunDirectory::create(folder / "run"),
                        [&](bool training) { return training && left-- > 0; }};
  session.train();
  EXPECT_THAT(session.out.str(),
              HasSubstr("the images do not fit on cpu, so batches are made on the CPU (out of memory.)\n"));
  for (const char* which : {"best", "last", "final"}) test::expectSameTensors(loader.run, session.run, which);
}

TEST(ResidentTrainer, GoesOnWithTheLoaderWhereAValidationDoesNotFit) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(2);
  int left = 1;
  ShortOfMemory session{experiment, data, RunDirectory::create(folder / "run"),
                        [&](bool training) { return !training && left-- > 0; }};
  session.train();
  EXPECT_THAT(session.out.str(), HasSubstr("so batches are made on the CPU"));
  EXPECT_EQ(session.trainer->state().rows.size(), 2U);
}

TEST(ResidentTrainer, SaysInOneLineWhereALaterStepDoesNotFit) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(2);
  int passes = 0;
  ShortOfMemory session{experiment, data, RunDirectory::create(folder / "run"),
                        [&](bool) { return ++passes == 3 + 2 + 1; }};  // rehearsals, steps
  try {
    session.train();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kOther);
    EXPECT_THAT(error.what(), HasSubstr("cpu has too little memory free (out of memory.). Stop other programs"));
    EXPECT_THAT(error.what(), HasSubstr("smaller train.batch_size"));
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

// On a GPU they lie in the memory of a recorded graph, which ends with it.
TEST(RecordedSteps, LeaveNoGradients) {
  nn::setComputeThreads(1);
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(1);
  const auto network = test::startingNetwork(experiment, data);
  nn::useFastLayout(*network, c10::kCPU);
  const std::vector<TrainedParameter> parameters = test::trainedParameters(*network);
  Optimiser adam(parameters, experiment.train.optimiser);
  const auto gradients = [&] {
    int count = 0;
    for (const TrainedParameter& parameter : parameters) count += parameter.tensor.grad().defined() ? 1 : 0;
    return count;
  };
  {
    const auto steps = recordedSteps(*network, adam, {}, {}, {experiment.train.batch_size});
    network->train();
    const Batch batch = plainBatch(data.dataset, experiment.preprocess, batchRows(data.train, 0, 8));
    steps->train(batch, adam.rates(std::vector<double>{1e-3})[0]);
    EXPECT_EQ(gradients(), static_cast<int>(parameters.size()));
  }
  EXPECT_EQ(gradients(), 0);
}

TEST(ResidentTrainer, ALossThatIsNotFiniteStopsItAndKeepsTheLastGoodCheckpoint) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  Experiment experiment = smallExperiment(50);
  Session session{experiment, data, RunDirectory::create(folder / "run"), kResident};
  session.train(8);  // 5 steps, a batch of validation, 2 steps
  experiment.train.epochs = 51;
  experiment.preprocess.rescale = 1e38;  // brightness times this overflows
  Session bad{experiment, data, session.run, kResident};
  bad.trainer->resume(false);
  const std::string before = readFile(session.run.checkpoint("last"), Fault::kOther);
  // The step is named though it is found at the end of the epoch only, and at an interrupt as well.
  for (const int steps : {100, 2}) {
    try {
      bad.train(steps);
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kOther);
      EXPECT_THAT(error.what(), HasSubstr("epoch 2, step 3: the loss is not finite"));
    }
    EXPECT_TRUE(readFile(session.run.checkpoint("last"), Fault::kOther) == before);  // too large to be printed
  }
}

}  // namespace
}  // namespace fer::train
