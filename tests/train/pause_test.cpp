// A training in parts: each ends with an epoch, and all of them together are the whole one, to the bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "fer/nn/device.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using test::brightnessData;
using test::expectSameTensors;
using test::Session;
using test::smallExperiment;
namespace fs = std::filesystem;

Trainer::Ending trainUntil(Session& session, std::optional<int> until) {
  return session.trainer->run([] { return false; }, {}, until);
}

std::string rowsOf(const RunDirectory& run) {
  return readFile(run.metrics(), Fault::kOther);
}

/// Goes on from the run's checkpoint in a session of its own.
Trainer::Ending goOn(const Session& straight, const RunDirectory& run, std::optional<int> until) {
  Session session{straight.experiment, straight.data, run, straight.resident};
  session.trainer->resume(false);
  return trainUntil(session, until);
}

// A schedule is that of the whole training: with one that ended at each pause the weights would be others.
TEST(TrainerPause, InPartsItIsTheSameTraining) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  for (const char* schedule : {"constant", "cosine", "linear", "one_cycle"})
    for (const bool resident : {false, true}) {
      const std::string name = schedule + std::to_string(static_cast<int>(resident));
      SCOPED_TRACE(name);
      Experiment experiment = smallExperiment(4);
      experiment.train.schedule.name = schedule;
      experiment.train.checkpoint.every = 3;  // a pause saves all the same
      Session straight{experiment, data, RunDirectory::create(folder / ("whole_" + name)), resident};
      EXPECT_EQ(straight.train(), Trainer::Ending::kFinished);
      Session first{experiment, data, RunDirectory::create(folder / ("parts_" + name)), resident};
      EXPECT_EQ(trainUntil(first, 1), Trainer::Ending::kPaused);
      EXPECT_EQ(goOn(straight, first.run, 2), Trainer::Ending::kPaused);
      EXPECT_FALSE(fs::exists(first.run.checkpoint("final")));
      EXPECT_EQ(goOn(straight, first.run, std::nullopt), Trainer::Ending::kFinished);
      for (const char* which : {"best", "last", "final"}) expectSameTensors(straight.run, first.run, which);
      EXPECT_EQ(rowsOf(straight.run), rowsOf(first.run));
    }
}

TEST(TrainerPause, WhatHasEndedDoesNotPause) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(1);
  Session whole{experiment, data, RunDirectory::create(folder / "whole")};
  EXPECT_EQ(trainUntil(whole, 1), Trainer::Ending::kFinished);  // its last epoch
  EXPECT_TRUE(fs::exists(whole.run.checkpoint("final")));

  Experiment impatient = smallExperiment(9);
  impatient.train.early_stopping.patience = 1;
  impatient.train.early_stopping.min_delta = 100;  // nothing improves
  Session stopped{impatient, data, RunDirectory::create(folder / "stopped")};
  EXPECT_EQ(trainUntil(stopped, 8), Trainer::Ending::kFinished);
  EXPECT_TRUE(stopped.trainer->state().stop);
}

// A kill between a checkpoint and the rows, or between two checkpoints, leaves fewer rows, or more.
TEST(TrainerPause, AResumeWritesTheCheckpointsRows) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const Experiment experiment = smallExperiment(4);
  Session session{experiment, data, RunDirectory::create(folder / "run")};
  EXPECT_EQ(trainUntil(session, 2), Trainer::Ending::kPaused);
  const std::string metrics = rowsOf(session.run);
  const std::string timing = readFile(session.run.timing(), Fault::kOther);
  writeFile(session.run.metrics(), metrics + metrics.substr(metrics.find('\n') + 1));
  fs::remove(session.run.timing());
  EXPECT_EQ(goOn(session, session.run, 2), Trainer::Ending::kPaused);
  EXPECT_EQ(rowsOf(session.run), metrics);
  EXPECT_EQ(readFile(session.run.timing(), Fault::kOther), timing);
}

}  // namespace
}  // namespace fer::train
