// A network whose layers were chosen trains, goes on after a stop and comes back from its checkpoint as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/graph/cost.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/torch_predictor.hpp"
#include "support/error_of.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using test::brightnessData;
using test::Session;

Experiment narrowExperiment(const std::string& model) {
  Experiment experiment = test::smallExperiment(2);
  experiment.model.name = model;
  experiment.model.architecture = {0.5, 1.5, 0.1, 0.25, 0.4};
  return experiment;
}

TEST(ModelOptions, TrainTheSameInPieces) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  for (const bool resident : {false, true}) {
    const Experiment experiment = narrowExperiment("compact_50k");
    const std::string kind = resident ? "resident" : "loaded";
    Session straight{experiment, data, RunDirectory::create(folder / (kind + "_straight")), resident};
    EXPECT_EQ(straight.train(), Trainer::Ending::kFinished);
    test::expectSameInPieces(straight, RunDirectory::create(folder / (kind + "_pieces")), {2, 4, 1000});
  }
}

TEST(ModelOptions, ComeBackWithTheRunsNetwork) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  for (const char* model : {"compact_residual", "compact_50k"}) {
    const Experiment experiment = narrowExperiment(model);
    Session session{experiment, data, RunDirectory::create(folder / model)};
    session.train();
    nn::LoadedModel loaded = nn::loadModel(session.run.checkpoint("final"));
    EXPECT_EQ(loaded.description.spec.architecture, experiment.model.architecture);
    EXPECT_EQ(nn::countParameters(*loaded.network).total,
              nn::countParameters(*test::startingNetwork(experiment, data)).total);
    EXPECT_LT(nn::countParameters(*loaded.network).total,
              graph::costOf(graph::makeGraph({model, {1, 16, 16}, data.dataset.classes()})).parameters);
    nn::TorchPredictor predictor(std::move(loaded), c10::kCPU);
    const std::vector<float> probabilities = predictor.probabilities(data.dataset.columns().pixels);
    EXPECT_EQ(probabilities.size(), 150U);
  }
}

// Without it the two trainings are the same: so it is on its way to the step.
TEST(ModelOptions, StochasticDepthChangesWhatIsLearned) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = brightnessData(50);
  const auto trained = [&](double rate, bool resident) {
    Experiment experiment = narrowExperiment("compact_residual");
    experiment.train.epochs = 1;
    experiment.model.architecture.stochastic_depth = rate;
    Session session{experiment, data, RunDirectory::create(folder / (std::to_string(rate) + std::to_string(resident))),
                    resident};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  };
  for (const bool resident : {false, true})
    EXPECT_FALSE(at::allclose(trained(0, resident), trained(0.5, resident), 1e-6, 1e-9)) << resident;
}

TEST(ModelOptions, AreRefusedByAModelThatHasThemNot) {
  Experiment experiment = narrowExperiment("vgg_block");
  const data::TrainingData data = brightnessData(50);
  EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { prepareNetwork(experiment, data); }),
              ::testing::HasSubstr("model.width: vgg_block has no such option (models that have it: compact, "));
}

TEST(ModelOptions, AreKeysWithBounds) {
  const auto refused = [](const std::string& assignment) {
    return test::errorOf(Fault::kUsage, [&] { loadExperiment({}, {}, {assignment}); });
  };
  for (const char* assignment : {"model.width=1e9", "model.width=0", "model.depth=5", "model.dropout=1",
                                 "model.squeeze_excite=2", "model.stochastic_depth=1"})
    EXPECT_THAT(refused(assignment), ::testing::HasSubstr(std::string(assignment).substr(0, 9))) << assignment;
  const Experiment set =
      loadExperiment({}, {}, {"model.width=0.5", "model.dropout=0.3", "model.stochastic_depth=0.2"}).experiment;
  EXPECT_EQ(set.model.architecture, (graph::ArchitectureOptions{0.5, 1, 0.3, {}, 0.2}));
  EXPECT_EQ(parseExperiment(experimentText(set), "x").model.architecture, set.model.architecture);
}

}  // namespace
}  // namespace fer::train
