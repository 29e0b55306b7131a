// Several processes against one, here threads that meet over loopback.
#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <array>
#include <cmath>

#include "fer/nn/device.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"
#include "support/error_of.hpp"
#include "support/processes.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"
#include "support/trained_parameters.hpp"
#include "train/batch/batch_source.hpp"
#include "train/step/reducer.hpp"
#include "train/step/step.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;

/// Without batch norm, whose statistics are a process' own. 3 x 5 x 5 = 75 numbers an image reach the first dropout, so
/// a share's masks begin within a group of draws.
graph::Graph plainGraph() {
  graph::Graph graph({1, 16, 16});
  graph::LayerId id = graph.add("conv1", graph::Convolution{.channels = 3, .kernel = 3, .stride = 3}, {0});
  id = graph.add("relu1", graph::Relu{}, {id});
  id = graph.add("drop1", graph::Dropout{0.25}, {id});
  id = graph.add("flatten", graph::Flatten{}, {id});
  id = graph.add("dense1", graph::Dense{32}, {id});
  id = graph.add("relu2", graph::Relu{}, {id});
  id = graph.add("drop2", graph::Dropout{0.5}, {id});
  graph.add("dense2", graph::Dense{3}, {id});
  return graph;
}

constexpr double kSgdRate = 0.05;

Experiment sharedExperiment() {
  Experiment experiment = test::smallExperiment(1);
  experiment.train.batch_size = 64;
  experiment.train.optimiser.name = "sgd";
  experiment.train.drop_last = false;
  return experiment;
}

/// With batch norms over images, over vectors, and one that is computed at once with its ReLU and pooling.
graph::Graph normGraph() {
  graph::Graph graph({1, 16, 16});
  graph::LayerId id = graph.add("conv1", graph::Convolution{.channels = 4}, {0});
  id = graph.add("bn1", graph::BatchNorm{}, {id});
  id = graph.add("relu1", graph::Relu{}, {id});
  id = graph.add("pool1", graph::MaxPool{}, {id});
  id = graph.add("conv2", graph::Convolution{.channels = 4}, {id});
  id = graph.add("bn2", graph::BatchNorm{}, {id});
  id = graph.add("flatten", graph::Flatten{}, {id});
  id = graph.add("dense1", graph::Dense{8}, {id});
  id = graph.add("bn3", graph::BatchNorm{}, {id});
  graph.add("dense2", graph::Dense{3}, {id});
  return graph;
}

/// What a process has after some steps of its share.
struct Trained {
  std::vector<at::Tensor> first_gradients;
  std::vector<at::Tensor> weights;
  std::vector<double> losses;
  std::vector<std::int64_t> correct;
};

/// 20 steps of batch 64 over 320 images, in one process or in this one of a group.
Trained trainShare(const Experiment& experiment, const data::TrainingData& data, const graph::Graph& graph,
                   ProcessGroup* group) {
  nn::Network network(graph);
  if (group != nullptr && experiment.train.sync_batch_norm)
    network.statistics()->sum = [group](at::Tensor& numbers) { group->sum(numbers); };
  nn::initialise(network, 1);
  nn::useFastLayout(network, c10::kCPU);
  network.position()->seed = 1;
  network.train();
  Optimiser optimiser(test::trainedParameters(network), experiment.train.optimiser);
  const Share share = group == nullptr ? Share{} : Share{group->rank(), group->size()};
  std::optional<Reducer> reducer;
  if (group != nullptr) reducer.emplace(*group);
  const Loss loss = trainingLoss(experiment.train, data.dataset, data.train, c10::kCPU);
  const auto steps = eagerSteps(network, optimiser, {}, loss, reducer ? &*reducer : nullptr);
  const auto batches = hostBatches(experiment, data, share);
  Trained trained;
  for (std::uint32_t epoch = 0; epoch < 5; ++epoch) {
    batches->beginEpoch(epoch, 0, 4);
    for (std::uint32_t step = 0; step < 4; ++step) {
      const Batch batch = batches->training(step);
      EXPECT_EQ(batch.wholeSize(), 64);
      *network.position() = {1, epoch, step, static_cast<std::uint32_t>(batch.first)};
      const Forward result = steps->train(batch, optimiser.rates(std::vector<double>{kSgdRate})[0]);
      trained.losses.push_back(result.loss.item<double>());
      trained.correct.push_back(result.correct.item<std::int64_t>());
      if (trained.first_gradients.empty())
        for (const at::Tensor& parameter : network.parameters())
          trained.first_gradients.push_back(parameter.grad().clone());
      optimiser.countSteps(1);
    }
  }
  for (const auto& [name, tensor] : nn::namedState(network)) trained.weights.push_back(tensor.detach().clone());
  return trained;
}

void expectSharedTrainingToBeOne(const Experiment& experiment, int processes, const graph::Graph& graph = plainGraph(),
                                 double tolerance = 1e-6) {
  nn::setComputeThreads(1);
  const data::TrainingData data = test::brightnessData(320);  // 256 of them trained on
  const Trained one = trainShare(experiment, data, graph, nullptr);
  std::vector<Trained> shared(static_cast<std::size_t>(processes));
  test::asProcesses(processes, [&](ProcessGroup& group) {
    shared[static_cast<std::size_t>(group.rank())] = trainShare(experiment, data, graph, &group);
  });
  for (std::size_t i = 0; i < one.first_gradients.size(); ++i) {
    const auto length = one.first_gradients[i].norm().item<double>();
    const auto apart = (shared[0].first_gradients[i] - one.first_gradients[i]).norm().item<double>();
    const bool nothing = length < 1e-6;  // of a bias before a batch norm: rounding alone
    EXPECT_LE(apart, nothing ? 1e-6 : tolerance * length) << i;
  }
  for (std::size_t i = 0; i < one.weights.size(); ++i) {
    EXPECT_LE((shared[0].weights[i] - one.weights[i]).abs().max().item<double>(), 1e-5) << i;
    for (const Trained& other : shared) EXPECT_TRUE(at::equal(other.weights[i], shared[0].weights[i])) << i;
  }
  for (std::size_t step = 0; step < one.losses.size(); ++step)
    EXPECT_NEAR(shared[0].losses[step], one.losses[step], 1e-4) << step;
  EXPECT_EQ(shared[0].correct.front(), one.correct.front());
}

TEST(Processes, OfHalfABatchEachAreOneOfTheWhole) {
  expectSharedTrainingToBeOne(sharedExperiment(), 2);
}

TEST(Processes, MayHaveSharesOfDifferentSizes) {
  expectSharedTrainingToBeOne(sharedExperiment(), 3);  // 21, 21, 22 images
}

TEST(Processes, MixImagesOfAllShares) {
  Experiment experiment = sharedExperiment();
  experiment.train.mix = {0.4, 1.0};
  experiment.train.loss.label_smoothing = 0.1;
  expectSharedTrainingToBeOne(experiment, 2);
}

TEST(Processes, TakeTheStatisticsOfAllImagesWhereAskedTo) {
  Experiment experiment = sharedExperiment();
  experiment.train.sync_batch_norm = true;
  expectSharedTrainingToBeOne(experiment, 3, normGraph(), 1e-5);
}

TEST(Processes, WeighClassesByTheWholeBatch) {
  Experiment experiment = sharedExperiment();
  experiment.train.loss.class_weights = "balanced";
  experiment.data.shape = {1, 16, 16};
  nn::setComputeThreads(1);
  data::TrainingData data = test::brightnessData(320);
  std::erase_if(data.train, [](std::uint32_t row) { return row % 3 == 1 && row > 40; });  // so that weights differ
  data.train.resize(192);
  const auto firstGradient = [&](ProcessGroup* group) {
    nn::Network network(plainGraph());
    nn::initialise(network, 1);
    network.train();
    network.position()->seed = 1;
    Optimiser optimiser(test::trainedParameters(network), experiment.train.optimiser);
    std::optional<Reducer> reducer;
    if (group != nullptr) reducer.emplace(*group);
    const Loss loss = trainingLoss(experiment.train, data.dataset, data.train, c10::kCPU);
    const auto steps = eagerSteps(network, optimiser, {}, loss, reducer ? &*reducer : nullptr);
    const auto batches =
        hostBatches(experiment, data, group == nullptr ? Share{} : Share{group->rank(), group->size()});
    batches->beginEpoch(0, 0, 3);
    const Batch batch = batches->training(0);
    network.position()->first_image = static_cast<std::uint32_t>(batch.first);
    steps->train(batch, optimiser.rates(std::vector<double>{0})[0]);
    return network.parameters().front().grad().clone();
  };
  const at::Tensor one = firstGradient(nullptr);
  std::array<at::Tensor, 2> shared;
  test::asProcesses(
      2, [&](ProcessGroup& group) { shared[static_cast<std::size_t>(group.rank())] = firstGradient(&group); });
  EXPECT_LE((shared[0] - one).norm().item<double>(), 1e-6 * one.norm().item<double>());
}

/// A training in a process of a group, or alone; every process has a folder, of which the first's alone is written to.
struct SharedSession {
  std::ostringstream out;
  Log log;
  Trainer trainer;

  SharedSession(const Experiment& experiment, const data::TrainingData& data, const RunDirectory& run,
                ProcessGroup* group)
      : log(out, group != nullptr && group->rank() > 0 ? std::filesystem::path("/dev/null") : run.log()),
        trainer(experiment, data, test::startingNetwork(experiment, data), contextOf(run, group), log) {}

  static TrainerContext contextOf(const RunDirectory& run, ProcessGroup* group) {
    TrainerContext context{run, {}, 1};
    context.group = group;
    return context;
  }
};

TEST(Processes, AgreeOnEverythingAndGoOnToTheBit) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = test::brightnessData(50);
  Experiment experiment = test::smallExperiment(3);
  experiment.train.ema.decay = 0.9;
  experiment.train.start = {true, true};
  const RunDirectory straight = RunDirectory::create(folder / "straight");
  std::array<std::vector<EpochLogs>, 2> rows;
  test::asProcesses(2, [&](ProcessGroup& group) {
    SharedSession session(experiment, data, straight, &group);
    EXPECT_EQ(session.trainer.run([] { return false; }), Trainer::Ending::kFinished);
    rows[static_cast<std::size_t>(group.rank())] = session.trainer.state().rows;
  });
  EXPECT_EQ(rows[0].size(), 3U);
  EXPECT_EQ(rows[0], rows[1]);
  // The second process alone is interrupted: both stop at its step.
  const RunDirectory pieces = RunDirectory::create(folder / "pieces");
  for (const int steps : {2, 4, 1000})
    test::asProcesses(2, [&](ProcessGroup& group) {
      SharedSession session(experiment, data, pieces, &group);
      if (steps != 2) session.trainer.resume(false);
      int left = group.rank() == 1 ? steps : 1 << 20;
      const auto ending = session.trainer.run([&] { return --left <= 0; });
      EXPECT_EQ(ending, steps == 1000 ? Trainer::Ending::kFinished : Trainer::Ending::kInterrupted);
    });
  for (const char* which : {"best", "last", "final"}) test::expectSameTensors(straight, pieces, which);
  EXPECT_EQ(readFile(straight.metrics(), Fault::kOther), readFile(pieces.metrics(), Fault::kOther));
}

TEST(Processes, GoOnInAnotherNumberOnlyWhereThatIsAllowed) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = test::brightnessData(50);
  const Experiment experiment = test::smallExperiment(2);
  const RunDirectory run = RunDirectory::create(folder / "run");
  test::asProcesses(2, [&](ProcessGroup& group) {
    SharedSession session(experiment, data, run, &group);
    int steps = 2;
    session.trainer.run([&] { return --steps <= 0; });
  });
  SharedSession alone(experiment, data, run, nullptr);
  EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { alone.trainer.resume(false); }), HasSubstr("2 processes"));
  alone.trainer.resume(true);
  EXPECT_EQ(alone.trainer.run([] { return false; }), Trainer::Ending::kFinished);
}

TEST(Processes, AllSeeALossThatIsNotFinite) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = test::brightnessData(50);
  Experiment experiment = test::smallExperiment(1);
  experiment.preprocess.rescale = 1e38;  // brightness times this overflows
  const RunDirectory run = RunDirectory::create(folder / "run");
  std::array<std::string, 2> errors;
  test::asProcesses(2, [&](ProcessGroup& group) {
    SharedSession session(experiment, data, run, &group);
    errors[static_cast<std::size_t>(group.rank())] =
        test::errorOf(Fault::kOther, [&] { session.trainer.run([] { return false; }); });
  });
  for (const std::string& error : errors) EXPECT_THAT(error, HasSubstr("epoch 1, step 1: the loss is not finite"));
}

TEST(Processes, SayThatOneIsGone) {
  std::string error;
  test::asProcesses(2, [&](ProcessGroup& group) {
    if (group.rank() == 1) return;
    error = test::errorOf(Fault::kOther, [&] { group.all(true); });
  });
  EXPECT_THAT(error, HasSubstr("process 0 of 2 lost the others"));
}

TEST(Processes, HearTheFirst) {
  std::array<std::string, 3> heard;
  std::array<bool, 3> agreed{};
  test::asProcesses(3, [&](ProcessGroup& group) {
    const auto rank = static_cast<std::size_t>(group.rank());
    heard[rank] = group.fromFirst(rank == 0 ? "a path" : "") + group.fromFirst("");
    agreed[rank] = group.all(true) && !group.all(rank != 2);
  });
  for (const std::string& text : heard) EXPECT_EQ(text, "a path");
  for (const bool yes : agreed) EXPECT_TRUE(yes);
}

TEST(Processes, WantAnImageEach) {
  Experiment experiment = test::smallExperiment(1);
  experiment.train.drop_last = false;  // 42 images: 5 batches of 8 and one of 2
  const data::TrainingData data = test::brightnessData(52);
  EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { prepareNetwork(experiment, data, 3); }),
              HasSubstr("a batch of 2 images does not do for 3 processes"));
  EXPECT_NE(prepareNetwork(experiment, data, 2), nullptr);
}

}  // namespace
}  // namespace fer::train
