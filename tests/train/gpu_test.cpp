// What only a GPU has: a stream, recorded graphs, LibTorch's own dropout. Skipped, and said so, where there is none;
// the rest of that way is tested on the CPU (resident_trainer_test.cpp).
#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>
#include <torch/utils.h>

#include <cstdlib>

#include "fer/core/error.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"
#include "support/trained_parameters.hpp"
#include "train/batch/batched_augment.hpp"
#include "train/step/rehearsal.hpp"
#include "train/step/static_step.hpp"
#include "train/step/work_queue.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;

constexpr double kGpuRate = 1e-3;
constexpr std::int64_t kGpuBatch = 8;

class Gpu : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!torch::cuda::is_available()) GTEST_SKIP() << "no NVIDIA GPU here";
    ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
    at::globalContext().setDeterministicCuDNN(true);
    at::globalContext().setBenchmarkCuDNN(false);
    nn::allowTf32(nn::Precision::kFp32);
    nn::setComputeThreads(1);
  }
  void TearDown() override { at::globalContext().setDeterministicCuDNN(false); }
};

const c10::Device kGpu{c10::kCUDA, 0};

graph::Graph withoutDropout(const graph::Graph& graph) {
  const auto shapeOf = [](const graph::Shape& shape) {
    return ImageShape{static_cast<int>(shape.channels), static_cast<int>(shape.height), static_cast<int>(shape.width)};
  };
  graph::Graph result(shapeOf(graph.layer(0).output));
  for (graph::LayerId id = 1; id < graph.layers().size(); ++id) {
    graph::Layer layer = graph.layer(id);
    if (auto* dropout = std::get_if<graph::Dropout>(&layer.operation)) dropout->rate = 0;
    result.add(layer.name, layer.operation, layer.inputs);
  }
  result.setFeatureMaps(graph.featureMaps());
  return result;
}

/// A network and its step on a device, the same in every one made.
struct GpuStep {
  c10::Device device;
  std::shared_ptr<nn::Network> network;
  std::unique_ptr<Optimiser> adam;
  std::unique_ptr<StaticStep> step;

  explicit GpuStep(c10::Device on, bool dropout = true) : device(on) {
    const graph::Graph graph = graph::makeGraph({"generic", {1, 16, 16}, {"a", "b", "c"}, {}});
    network = std::make_shared<nn::Network>(dropout ? graph : withoutDropout(graph));
    nn::initialise(*network, 1);
    nn::useFastLayout(*network, device);
    network->position()->seed = 1;
    network->train();
    adam = std::make_unique<Optimiser>(test::trainedParameters(*network), OptimiserOptions{});
    const Compute compute{device, nn::Precision::kFp32};
    step = std::make_unique<StaticStep>(*network, *adam, kGpuBatch, ImageShape{1, 16, 16}, compute);
  }

  void load(std::uint32_t number) {
    const at::Tensor line = at::arange(kGpuBatch * 256, at::kFloat);
    const Batch batch{(line * 0.013 + static_cast<double>(number)).sin().abs().view({kGpuBatch, 1, 16, 16}).to(device),
                      at::arange(kGpuBatch, at::kLong).remainder(3).to(device)};
    step->load(batch,
               adam->rates(std::vector<double>(static_cast<std::size_t>(number) + 1, kGpuRate))[number].to(device));
    network->position()->step = number;
    nn::seedGenerator(device, *network->position());
  }

  /// Weights, running values and moments, on the host.
  nn::TensorFile state() const {
    nn::TensorFile file;
    adam->save(file);
    for (const auto& [name, tensor] : nn::namedState(*network)) file.tensors[name] = tensor.detach();
    for (auto& [name, tensor] : file.tensors) tensor = tensor.cpu().clone();
    return file;
  }
};

TEST_F(Gpu, PlayedStepsAreTheEnqueuedOnesToTheBit) {
  constexpr std::uint32_t kSteps = 20;  // more than the host may be ahead
  GpuStep enqueued(kGpu);
  std::vector<float> expected;
  for (std::uint32_t number = 0; number < kSteps; ++number) {
    enqueued.load(number);
    expected.push_back(enqueued.step->run().loss.item<float>());
  }
  GpuStep played(kGpu);
  Forward recorded;
  std::vector<at::Tensor> losses;
  WorkQueue queue(kGpu);
  queue.run([&] {
    played.load(0);
    rehearse(*played.network, *played.adam, kGpu, 3, [&] { played.step->run(); });
    queue.record([&] { recorded = played.step->run(); });
    ASSERT_EQ(queue.limit(), "");
    for (std::uint32_t number = 0; number < kSteps; ++number) {
      played.load(number);
      queue.play();
      losses.push_back(recorded.loss.clone());
      queue.keepPace();
    }
  });
  for (std::uint32_t number = 0; number < kSteps; ++number)
    EXPECT_EQ(losses[number].item<float>(), expected[number]) << number;
  const nn::TensorFile a = enqueued.state();
  const nn::TensorFile b = played.state();
  for (const auto& [name, tensor] : a.tensors) EXPECT_TRUE(at::equal(tensor, b.tensors.at(name))) << name;
  played.adam->zeroGradients();
}

TEST_F(Gpu, StepsAsTheCpuDoesWhereNothingIsDropped) {
  GpuStep cpu(c10::kCPU, false);
  GpuStep gpu(kGpu, false);
  cpu.load(0);
  gpu.load(0);
  const Forward expected = cpu.step->run();
  const Forward found = gpu.step->run();
  EXPECT_NEAR(found.loss.item<double>(), expected.loss.item<double>(), 1e-5);
  EXPECT_EQ(found.correct.item<std::int64_t>(), expected.correct.item<std::int64_t>());
  const nn::TensorFile a = cpu.state();
  const nn::TensorFile b = gpu.state();
  // Adam's first step moves a weight by the rate whichever way its gradient points, so moments are compared instead.
  for (const auto& [name, tensor] : a.tensors) {
    if (name.starts_with("adam.m") || name.find("running") != std::string::npos) {
      EXPECT_LE((tensor - b.tensors.at(name)).abs().max().item<double>(), 1e-5) << name;
    }
  }
}

TEST_F(Gpu, DropsOthersInEveryStepAndTheSameInTheSame) {
  GpuStep training(kGpu);
  const auto lossOf = [&](std::uint32_t number, std::uint32_t position) {
    training.load(number);
    training.network->position()->step = position;
    nn::seedGenerator(kGpu, *training.network->position());
    const torch::NoGradGuard no_grad;
    return training.network->forward(at::ones({4, 1, 16, 16}, at::TensorOptions(kGpu))).cpu();
  };
  const at::Tensor first = lossOf(0, 5);
  EXPECT_FALSE(at::equal(first, lossOf(0, 6)));
  EXPECT_TRUE(at::equal(first, lossOf(0, 5)));
}

TEST_F(Gpu, AugmentsAsTheCpuDoes) {
  data::SynthOptions synth;
  synth.rows = 300;
  synth.classes = data::fer2013Classes();
  const data::Dataset dataset = data::synthesise(synth);
  const data::AugmentOptions options{"keras-2.8", 0.2, true, {0.2, 1.2}};
  std::vector<data::Augmentation> numbers;
  for (std::uint32_t row = 0; row < 300; ++row) numbers.push_back(data::drawAugmentation(options, 5, 3, row));
  const at::Tensor images = at::tensor(dataset.columns().pixels).view({300, 1, 48, 48});
  const BatchedAugmenter cpu(options, {.rescale = 1.0}, dataset.shape(), c10::kCPU);
  const BatchedAugmenter gpu(options, {.rescale = 1.0}, dataset.shape(), kGpu);
  const at::Tensor apart =
      (gpu.apply(images.to(kGpu), gpu.pack(numbers).to(kGpu)).cpu() - cpu.apply(images, cpu.pack(numbers))).abs();
  EXPECT_LE(apart.max().item<double>(), 1.0 + 1e-4);  // of 255 grey levels
  EXPECT_LE(apart.gt(1e-3).sum().item<double>(), 1e-4 * static_cast<double>(apart.numel()));
}

Experiment gpuExperiment(int epochs) {
  Experiment experiment = test::smallExperiment(epochs);
  experiment.train.deterministic = true;
  return experiment;
}

TEST_F(Gpu, StoppedAnywhereAndResumedItIsTheSameTraining) {
  for (const nn::Precision precision : {nn::Precision::kFp32, nn::Precision::kBf16}) {
    const test::TempFolder folder;
    const data::TrainingData data = test::brightnessData(50);
    const Experiment experiment = gpuExperiment(3);
    test::Session straight{experiment, data, RunDirectory::create(folder / "straight"), true, precision, kGpu};
    EXPECT_EQ(straight.train(), Trainer::Ending::kFinished);
    EXPECT_THAT(straight.out.str(), HasSubstr("steps are played from a CUDA graph"));
    test::expectSameInPieces(straight, RunDirectory::create(folder / "pieces"), {1, 4, 1, 3, 2, 3, 100});
  }
}

TEST_F(Gpu, RecordsTheStepAnewWhenLayersAreLetGo) {
  const test::TempFolder folder;
  const data::TrainingData data = test::brightnessData(54);  // 44 train: the last batch is smaller
  Experiment experiment = gpuExperiment(3);
  experiment.model.frozen = {"conv1", "bn1", "conv2", "conv3"};
  experiment.train.unfreeze = {"conv3:1", "conv1:2", "bn1:2"};
  experiment.train.drop_last = false;
  experiment.train.early_stopping.enabled = false;
  test::Session session{experiment, data, RunDirectory::create(folder / "run"), true, nn::Precision::kFp32, kGpu};
  session.train();
  const nn::TensorFile last = nn::readTensors(session.run.checkpoint("last"));
  const auto start = test::startingNetwork(experiment, data)->named_parameters();
  EXPECT_TRUE(at::equal(last.tensors.at("conv2.weight"), start["conv2.weight"]));
  for (const char* name : {"conv1.weight", "bn1.weight", "conv3.weight", "conv4.weight"})
    EXPECT_FALSE(at::equal(last.tensors.at(name), start[name])) << name;
}

TEST_F(Gpu, ALossThatIsNotFiniteNamesItsStep) {
  const test::TempFolder folder;
  const data::TrainingData data = test::brightnessData(50);
  Experiment experiment = gpuExperiment(3);
  experiment.preprocess.rescale = 1e38;  // brightness times this overflows
  test::Session session{experiment, data, RunDirectory::create(folder / "run"), true, nn::Precision::kFp32, kGpu};
  try {
    session.train();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("epoch 1, step 1: the loss is not finite"));
  }
}

}  // namespace
}  // namespace fer::train
