// What train.start makes of the weights that a training begins with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <algorithm>

#include "fer/data/labels.hpp"
#include "fer/data/synth/synth.hpp"
#include "fer/nn/device.hpp"
#include "support/error_of.hpp"
#include "support/small_training.hpp"
#include "support/temp_folder.hpp"

namespace fer::train {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

data::TrainingData drawnFaces() {
  data::TrainingData data;
  data.dataset = data::synthesise({80, 1, {1, 32, 32}, data::fer2013Classes()});
  for (std::uint32_t row = 0; row < 80; ++row) (row % 4 == 3 ? data.validation : data.train).push_back(row);
  return data;
}

Experiment experimentOf(const std::string& model, StartOptions start) {
  Experiment experiment;
  experiment.model.name = model;
  experiment.train.start = start;
  experiment.train.batch_size = 8;
  return experiment;
}

at::Tensor weightOf(const nn::Network& network, const std::string& layer) {
  return network.named_parameters()[layer + ".weight"].detach();
}

at::Tensor firstFilters(const Experiment& experiment, const data::TrainingData& data) {
  return weightOf(*test::startingNetwork(experiment, data), "conv1");
}

std::vector<std::string> linesOf(const Experiment& experiment, const data::TrainingData& data) {
  return setStartingWeights(experiment, data, *prepareNetwork(experiment, data));
}

/// The training images as numbers from 0 to 1.
at::Tensor trainingImages(const data::TrainingData& data) {
  const ImageShape shape = data.dataset.shape();
  at::Tensor images = at::empty({static_cast<std::int64_t>(data.train.size()), 1, shape.height, shape.width});
  auto* to = images.data_ptr<float>();
  for (const std::uint32_t row : data.train)
    for (const std::uint8_t level : data.dataset.pixels(row)) *to++ = static_cast<float>(level) / 255.0F;
  return images;
}

/// Of what filters make of images at all places within them, a row and a column a filter.
at::Tensor responseCovariance(const at::Tensor& images, const at::Tensor& filters) {
  const at::Tensor responses = at::conv2d(images.to(at::kDouble), filters.to(at::kDouble));
  return at::cov(responses.transpose(0, 1).reshape({filters.size(0), -1}), /*correction=*/0);
}

/// In both networks, of which one was started by train.start.dirac; how many convolutions it started.
int expectIdentities(const nn::Network& started, const nn::Network& plain) {
  int found = 0;
  bool first = true;
  for (const graph::Layer& layer : started.graph().layers()) {
    const auto* const convolution = std::get_if<graph::Convolution>(&layer.operation);
    if (convolution == nullptr) continue;
    const at::Tensor kernel = weightOf(started, layer.name);
    const at::Tensor drawn = weightOf(plain, layer.name);
    if (first || convolution->kernel == 1) {
      EXPECT_TRUE(at::equal(kernel, drawn)) << layer.name;
      first = false;
      continue;
    }
    const std::int64_t passed = std::min(kernel.size(0), kernel.size(1));
    const at::Tensor images = at::rand({2, kernel.size(1), 7, 6});
    const at::Tensor out = at::conv2d(images, kernel, {}, 1, kernel.size(2) / 2);
    EXPECT_TRUE(at::equal(out.narrow(1, 0, passed), images.narrow(1, 0, passed))) << layer.name;
    const std::int64_t others = kernel.size(0) - passed;
    EXPECT_TRUE(at::equal(kernel.narrow(0, passed, others), drawn.narrow(0, passed, others))) << layer.name;
    ++found;
  }
  return found;
}

TEST(DiracStart, PassesInputsOnInAllConvolutionsButTheFirst) {
  const torch::NoGradGuard no_grad;
  const data::TrainingData data = drawnFaces();
  for (const auto& [model, convolutions] :
       {std::pair("compact", 5), std::pair("generic", 3), std::pair("resnet18", 16), std::pair("inception_block", 2)}) {
    const auto started = test::startingNetwork(experimentOf(model, {.dirac = true}), data);
    const auto plain = test::startingNetwork(experimentOf(model, {}), data);
    EXPECT_EQ(expectIdentities(*started, *plain), convolutions) << model;
  }
  EXPECT_THAT(linesOf(experimentOf("compact", {.dirac = true}), data),
              ElementsAre("weights: the first filters pass their inputs on in conv2, conv3, conv4, conv5, conv6"));
}

TEST(DiracStart, PassesOnAsManyInputsAsThereAreFilters) {
  const torch::NoGradGuard no_grad;
  const auto network = [] {
    graph::Graph graph({1, 24, 24});
    const graph::LayerId id = graph.add("conv1", graph::Convolution{.channels = 8}, {0});
    graph.add("conv2", graph::Convolution{.channels = 3, .kernel = 5}, {id});
    return nn::Network(graph);
  };
  nn::Network started = network();
  nn::Network plain = network();
  setStartingWeights(experimentOf("compact", {.dirac = true}), drawnFaces(), started);
  setStartingWeights(experimentOf("compact", {}), drawnFaces(), plain);
  EXPECT_EQ(expectIdentities(started, plain), 1);
}

TEST(WhiteningStart, MakesPatchesOfVarianceOneWithoutCorrelation) {
  const torch::NoGradGuard no_grad;
  const data::TrainingData data = drawnFaces();
  const at::Tensor images = trainingImages(data);
  const at::Tensor kernel = firstFilters(experimentOf("compact", {.whitening = true}), data);
  const at::Tensor filters = kernel.narrow(0, 0, 9);
  const at::Tensor patches = responseCovariance(images, at::eye(9).view({9, 1, 3, 3}));
  const at::Tensor variances = std::get<0>(at::linalg_eigh(patches)).flip(0);
  const at::Tensor explained = variances / (variances + 5e-4 * patches.diagonal().mean());
  EXPECT_GT(explained.min().item<double>(), 0.5);
  EXPECT_GT(explained[0].item<double>(), 0.9999);
  EXPECT_TRUE(at::allclose(responseCovariance(images, filters), at::diag(explained), 1e-4, 1e-4));
  EXPECT_TRUE(at::equal(kernel.narrow(0, 9, 9), -filters));
  const at::Tensor drawn = firstFilters(experimentOf("compact", {}), data);
  EXPECT_TRUE(at::equal(kernel.narrow(0, 18, 46), drawn.narrow(0, 18, 46)));
  EXPECT_THAT(linesOf(experimentOf("compact", {.whitening = true}), data),
              ElementsAre("weights: 18 of 64 filters of conv1 whiten patches of 3 x 3 pixels, of 60 training images"));
}

TEST(WhiteningStart, TakesTheLargestVariancesWhereFiltersAreFew) {
  Experiment experiment = experimentOf("compact_50k", {.whitening = true});  // 16 filters
  const data::TrainingData data = drawnFaces();
  const at::Tensor few = firstFilters(experiment, data);
  const at::Tensor all = firstFilters(experimentOf("compact", {.whitening = true}), data);
  EXPECT_TRUE(at::equal(few, at::cat({all.narrow(0, 0, 8), all.narrow(0, 9, 8)})));
}

TEST(WhiteningStart, SeesWhatTheFirstConvolutionSees) {
  const data::TrainingData data = drawnFaces();
  Experiment experiment = experimentOf("compact", {.whitening = true});
  const at::Tensor plain = firstFilters(experiment, data).narrow(0, 0, 18);
  experiment.model.input.mean = {0.5};
  experiment.model.input.std = {0.25};
  const at::Tensor normalised = firstFilters(experiment, data).narrow(0, 0, 18);
  EXPECT_TRUE(at::allclose(normalised, 0.25 * plain, 1e-3, 1e-4));  // pixels vary four times as much
  experiment.model.input = {48, 48, {}, {}};
  const at::Tensor resized = firstFilters(experiment, data);
  const at::Tensor seen = at::upsample_bilinear2d(trainingImages(data), {48, 48}, /*align_corners=*/false);
  const at::Tensor covariance = responseCovariance(seen, resized.narrow(0, 0, 9));
  EXPECT_NEAR(covariance[0][0].item<double>(), 1, 1e-3);
  EXPECT_LE((covariance - at::diag(covariance.diagonal())).abs().max().item<double>(), 1e-3);
  const Experiment repeated = experimentOf("vgg16", {.whitening = true});  // three planes of the same
  const auto network = test::startingNetwork(repeated, data);
  const at::Tensor planes = weightOf(*network, "features.0").narrow(0, 0, 9);
  EXPECT_TRUE(at::allclose(planes.select(1, 0), planes.select(1, 2), 1e-4, 1e-5));
  EXPECT_TRUE(at::isfinite(weightOf(*network, "features.0")).all().item<bool>());
}

TEST(WhiteningStart, DependsOnTheSeedAlone) {
  nn::setComputeThreads(1);
  const data::TrainingData data = test::brightnessData(6500);  // 5200 to train on
  Experiment experiment = experimentOf("compact", {.whitening = true});
  const at::Tensor first = firstFilters(experiment, data);
  EXPECT_TRUE(at::equal(firstFilters(experiment, data), first));
  EXPECT_THAT(linesOf(experiment, data), ElementsAre(HasSubstr("of 5000 training images")));
  experiment.train.seed = 43;
  EXPECT_FALSE(at::equal(firstFilters(experiment, data).narrow(0, 0, 18), first.narrow(0, 0, 18)));
}

TEST(WhiteningStart, StaysWhereTheLayerIsFrozen) {
  nn::setComputeThreads(1);
  const test::TempFolder folder;
  const data::TrainingData data = test::brightnessData(50);
  Experiment experiment = test::smallExperiment(1);
  experiment.train.start.whitening = true;
  experiment.train.optimiser.lr = 0.01;
  const at::Tensor begun = firstFilters(experiment, data).clone();
  const auto trained = [&](const char* name) {
    test::Session session{experiment, data, RunDirectory::create(folder / name)};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  };
  EXPECT_FALSE(at::allclose(trained("free"), begun, 1e-3, 1e-3));
  experiment.model.frozen = {"conv1"};
  EXPECT_TRUE(at::equal(trained("frozen"), begun));
}

TEST(Starts, RefuseWhatTheyCannotDo) {
  const data::TrainingData faces = drawnFaces();
  const auto refused = [&](const Experiment& experiment, Fault fault = Fault::kUsage,
                           const data::TrainingData* data = {}) {
    return test::errorOf(fault, [&] { linesOf(experiment, data == nullptr ? faces : *data); });
  };
  EXPECT_THAT(refused(experimentOf("compact_50k", {.dirac = true})),
              HasSubstr("train.start.dirac: compact_50k has no convolution for it"));
  EXPECT_THAT(refused(experimentOf("inception_block", {.whitening = true})),
              HasSubstr("train.start.whitening: inception_block begins with a convolution of single pixels"));
  Experiment from_file = experimentOf("compact", {.dirac = true});
  from_file.model.init = "runs/a";
  EXPECT_EQ(refused(from_file),
            "train.start.dirac: model.init names the weights to start from. Leave one of them out.");
  from_file = experimentOf("vgg16", {.whitening = true});
  from_file.model.weights = "vgg16.pth";
  EXPECT_THAT(refused(from_file), HasSubstr("train.start.whitening: model.weights names the weights"));
  from_file.model.weights = "random";
  EXPECT_EQ(linesOf(from_file, faces).size(), 2U);
  data::TrainingData flat = test::brightnessData(50);
  data::DatasetColumns columns = flat.dataset.columns();
  std::fill(columns.pixels.begin(), columns.pixels.end(), std::uint8_t{77});
  flat.dataset = data::Dataset(flat.dataset.shape(), flat.dataset.classes(), std::move(columns));
  EXPECT_THAT(refused(experimentOf("compact", {.whitening = true}), Fault::kData, &flat), HasSubstr("of one level"));
  graph::Graph graph({1, 4, 4});
  graph.add("conv1", graph::Convolution{.channels = 8, .kernel = 5}, {0});
  nn::Network small(graph);
  EXPECT_THAT(test::errorOf(Fault::kUsage,
                            [&] { setStartingWeights(experimentOf("compact", {.whitening = true}), faces, small); }),
              HasSubstr("the images are smaller than the kernels of conv1"));
}

}  // namespace
}  // namespace fer::train
