#include "fer/nn/checkpoint.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>
#include <torch/utils.h>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/nn/torch_predictor.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"

namespace fer::nn {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

const graph::ModelSpec kSmall{"generic", {1, 16, 16}, {"a", "b", "c"}};

CheckpointDescription descriptionOf(const graph::ModelSpec& spec) {
  return {spec, {.input = spec.input}, "a_run", "data-hash", 4, "{}"};
}

TEST(Checkpoint, BringsBackTheNetworkAndItsCard) {
  const test::TempFolder folder;
  const auto network = makeModel(kSmall);
  initialise(*network, 3);
  useFastLayout(*network, c10::kCPU);  // as in training: the file holds O x I x H x W all the same
  writeTensors(folder / "w", packModel(*network, descriptionOf(kSmall)));
  const LoadedModel loaded = loadModel(folder / "w");
  EXPECT_EQ(loaded.description.spec.name, "generic");
  EXPECT_EQ(loaded.description.spec.classes, kSmall.classes);
  EXPECT_EQ(loaded.description.spec.input, kSmall.input);
  EXPECT_EQ(loaded.description.run, "a_run");
  EXPECT_EQ(loaded.description.data_hash, "data-hash");
  EXPECT_EQ(loaded.description.epoch, 4);
  EXPECT_FALSE(loaded.network->is_training());
  const auto expected = namedState(*network);
  const auto actual = namedState(*loaded.network);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i)
    EXPECT_TRUE(at::equal(actual[i].second, expected[i].second)) << actual[i].first;
}

TEST(Checkpoint, ListsEveryTensorThatDoesNotFit) {
  const auto network = makeModel(kSmall);
  TensorFile file = packModel(*network, descriptionOf(kSmall));
  file.tensors.erase("conv2.bias");
  file.tensors["strange"] = at::zeros({1});
  file.tensors["bn1.weight"] = at::zeros({2, 3});
  file.tensors["adam.m/conv1.weight"] = at::zeros({1});  // training state: none of the model's business
  const std::string message = errorOf(Fault::kData, [&] { copyWeights(file, *network, "here"); });
  EXPECT_THAT(message, HasSubstr("here: "));
  EXPECT_THAT(message, HasSubstr("missing conv2.bias"));
  EXPECT_THAT(message, HasSubstr("extra strange"));
  EXPECT_THAT(message, HasSubstr("bn1.weight is 2x3, expected 64"));
  EXPECT_THAT(message, ::testing::Not(HasSubstr("adam")));
}

TEST(Checkpoint, RefusesCardsItCannotUnderstand) {
  TensorFile file = packModel(*makeModel(kSmall), descriptionOf(kSmall));
  const std::string good = file.metadata.at("fer");
  EXPECT_THAT(errorOf(Fault::kData,
                      [&] {
                        file.metadata.clear();
                        readDescription(file, "f");
                      }),
              HasSubstr("no model description"));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    file.metadata["fer"] = text;
    return errorOf(Fault::kData, [&] { readDescription(file, "f"); });
  };
  EXPECT_THAT(with("\"schema\":4", "\"schema\":5"), HasSubstr("newer fer"));
  EXPECT_THAT(with("\"epoch\":4", "\"epoch\":\"x\""), HasSubstr("epoch: expected a whole number"));
  EXPECT_THAT(with("\"epoch\"", "\"epoche\""), HasSubstr("epoch: missing"));
  EXPECT_THAT(with("{", ""), HasSubstr("not valid JSON"));
}

// A description as schema 1 wrote it: every later program must read it.
TEST(Checkpoint, ReadsTheCardOfSchema1) {
  TensorFile file;
  file.metadata["fer"] = readFile(FER_FIXTURES "/model_card_schema1.json", Fault::kData);
  const CheckpointDescription description = readDescription(file, "fixture");
  EXPECT_EQ(description.spec.name, "vgg_block");
  EXPECT_EQ(description.spec.input, (ImageShape{1, 48, 48}));
  EXPECT_EQ(description.spec.classes.size(), 7U);
  EXPECT_EQ(description.epoch, 28);
  EXPECT_DOUBLE_EQ(description.preprocess.rescale, 0.00392156862745098);
}

TEST(Checkpoint, ReadsTheCardOfSchema2) {
  TensorFile file;
  file.metadata["fer"] = readFile(FER_FIXTURES "/model_card_schema2.json", Fault::kData);
  const CheckpointDescription description = readDescription(file, "fixture");
  EXPECT_EQ(description.spec.name, "vgg16");
  EXPECT_EQ(description.spec.prepare.height, 96);
  EXPECT_EQ(description.spec.prepare.width, 80);
  EXPECT_EQ(description.spec.prepare.mean, (std::vector<double>{0.485, 0.456, 0.406}));
  EXPECT_EQ(description.spec.prepare.std, (std::vector<double>{0.229, 0.224, 0.225}));
}

TEST(Checkpoint, ReadsTheCardOfSchema3) {
  TensorFile file;
  file.metadata["fer"] = readFile(FER_FIXTURES "/model_card_schema3.json", Fault::kData);
  const CheckpointDescription description = readDescription(file, "fixture");
  EXPECT_EQ(description.spec.input, (ImageShape{3, 64, 56}));
  EXPECT_EQ(description.preprocess, (data::Preprocess{{3, 64, 56}, 0.125, 0.5}));
  EXPECT_EQ(description.spec.prepare.height, 96);
}

TEST(Checkpoint, ReadsTheCardOfSchema4) {
  TensorFile file;
  file.metadata["fer"] = readFile(FER_FIXTURES "/model_card_schema4.json", Fault::kData);
  const CheckpointDescription description = readDescription(file, "fixture");
  EXPECT_EQ(description.spec.name, "compact_50k");
  EXPECT_EQ(description.spec.architecture, (graph::ArchitectureOptions{0.5, 2, 0.25, {}, 0.125}));
}

TEST(Checkpoint, BringsBackTheOptionsOfTheNetwork) {
  const test::TempFolder folder;
  graph::ModelSpec spec{"compact_50k", {1, 16, 16}, {"a", "b", "c"}};
  spec.architecture = {0.5, 2, 0.25, 0, 0.125};
  const auto network = makeModel(spec);
  initialise(*network, 3);
  writeTensors(folder / "w", packModel(*network, descriptionOf(spec)));
  const LoadedModel loaded = loadModel(folder / "w");
  EXPECT_EQ(loaded.description.spec.architecture, spec.architecture);
  EXPECT_EQ(countParameters(*loaded.network).total, countParameters(*network).total);
}

// Refused where the description is read: before there is a network, or memory for it.
TEST(Checkpoint, RefusesADescriptionOfAGiant) {
  const test::TempFolder folder;
  graph::ModelSpec spec{"resnet18", {1, 16, 16}, {"a", "b", "c"}};
  CheckpointDescription description = descriptionOf(spec);
  description.spec.architecture.width = 1e9;
  TensorFile file;
  file.tensors.emplace("conv1.weight", at::zeros({1}));
  file.metadata["fer"] = weights::descriptionJson(description);
  writeTensors(folder / "w", file);
  EXPECT_THAT(errorOf(Fault::kData, [&] { loadModel(folder / "w"); }),
              HasSubstr("architecture.width: expected a number from 0.1 to 4"));
}

TEST(TorchPredictor, GivesTheSoftmaxOfTheNetwork) {
  const auto network = makeModel(kSmall);
  initialise(*network, 9);
  network->eval();
  std::vector<std::uint8_t> images(std::size_t{2} * 256);
  for (std::size_t i = 0; i < images.size(); ++i) images[i] = static_cast<std::uint8_t>(i * 7 % 256);
  const torch::NoGradGuard no_grad;
  at::Tensor input = at::empty({2, 1, 16, 16});
  for (std::size_t i = 0; i < images.size(); ++i) input.view({-1})[static_cast<std::int64_t>(i)] = images[i] / 255.0F;
  const at::Tensor expected = at::softmax(network->forward(input), 1);
  TorchPredictor predictor({network, descriptionOf(kSmall)}, c10::kCPU);
  const std::vector<float> actual = predictor.probabilities(images);
  ASSERT_EQ(actual.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(actual[i], expected.view({-1})[static_cast<std::int64_t>(i)].item<float>(), 1e-6);
  EXPECT_NEAR(actual[0] + actual[1] + actual[2], 1.0, 1e-6);
  EXPECT_THROW(predictor.probabilities(std::span(images).first(100)), std::invalid_argument);
}

// Convolutions that round to tf32, as LibTorch's do unless told not to, are off by a hundred times as much.
TEST(TorchPredictor, ComputesInFullPrecisionOnAGpu) {
  if (!torch::cuda::is_available()) GTEST_SKIP() << "no NVIDIA GPU here";
  const auto onCpu = makeModel(kSmall);
  const auto onGpu = makeModel(kSmall);
  initialise(*onCpu, 9);
  initialise(*onGpu, 9);
  std::vector<std::uint8_t> images(std::size_t{50} * 256);
  for (std::size_t i = 0; i < images.size(); ++i) images[i] = static_cast<std::uint8_t>(i * i * 7 % 256);
  const auto expected = TorchPredictor({onCpu, descriptionOf(kSmall)}, c10::kCPU).probabilities(images);
  const auto found = TorchPredictor({onGpu, descriptionOf(kSmall)}, {c10::kCUDA, 0}).probabilities(images);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 3e-6) << i;
}

}  // namespace
}  // namespace fer::nn
