#include "fer/nn/transfer.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <functional>

#include "fer/core/error.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/nn/finite.hpp"
#include "fer/nn/freezing.hpp"
#include "fer/weights/torch_file.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"

namespace fer::nn {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::vector<std::string> kClasses{"a", "b", "c"};

/// Every tensor filled with a number of its own.
std::shared_ptr<Network> filled(const std::string& model, double first,
                                const std::vector<std::string>& classes = kClasses) {
  auto network = makeModel({model, {1, 32, 32}, classes});
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : namedState(*network)) at::Tensor(tensor).fill_(first += 1e-3);
  return network;
}

/// The body of a network as torchvision's file holds it, classifier and counters included.
TensorFile foreignFile(const Network& network, const std::string& foreign_head) {
  TensorFile file;
  for (const auto& [name, tensor] : namedState(network))
    if (!belongsTo(name, "head")) file.tensors[name] = tensor.detach().clone();
  file.tensors[foreign_head + ".weight"] = at::zeros({5, 4});
  file.tensors["bn1.num_batches_tracked"] = at::zeros({}, at::kLong);
  return file;
}

bool sameBody(const Network& a, const Network& b) {
  const auto state = b.named_parameters();
  for (const auto& item : a.named_parameters())
    if (!belongsTo(item.key(), "head") && !at::equal(item.value(), state[item.key()])) return false;
  return true;
}

TEST(LoadPretrained, PutsTheBodyInAndSaysWhatBecameOfTheRest) {
  const test::TempFolder folder;
  for (const char* model : {"vgg16", "resnet50"}) {
    const graph::ModelEntry& entry = graph::modelEntry(model);
    const auto theirs = filled(model, 1);
    const TensorFile file = foreignFile(*theirs, entry.foreign_heads[0]);
    writeTensors(folder / "w.safetensors", file);
    weights::writeTorchFile(folder / "w.pth", toBytes(file));
    for (const char* name : {"w.safetensors", "w.pth"}) {
      const auto ours = filled(model, 2);
      const at::Tensor head = ours->named_parameters()["head.dense1.weight"].detach().clone();
      ASSERT_FALSE(sameBody(*ours, *theirs));
      const Transfer transfer = loadPretrained(folder / name, entry, *ours);
      EXPECT_TRUE(sameBody(*ours, *theirs)) << model << " " << name;
      EXPECT_TRUE(at::equal(ours->named_parameters()["head.dense1.weight"], head));
      EXPECT_THAT(transfer.initialised, AllOf(Contains("head.dense1.weight"), Each(StartsWith("head."))));
      EXPECT_THAT(transfer.skipped,
                  ElementsAre("bn1.num_batches_tracked", entry.foreign_heads[0] + std::string(".weight")));
      EXPECT_EQ(transfer.copied.size() + 2, file.tensors.size());
    }
  }
}

/// As timm saves them, in half precision, out of a parallel training.
TEST(LoadPretrained, ReadsWhatOthersMakeOfThem) {
  const test::TempFolder folder;
  const auto theirs = filled("vgg16", 1);
  TensorFile file;
  for (const auto& [name, tensor] : foreignFile(*theirs, "pre_logits.fc1").tensors)
    if (tensor.scalar_type() == at::kFloat) file.tensors["module." + name] = tensor.to(at::kBFloat16);
  file.tensors["module.pre_logits.fc2.bias"] = at::zeros({4}, at::kBFloat16);
  file.tensors["module.head.fc.weight"] = at::zeros({5, 4}, at::kBFloat16);
  writeTensors(folder / "w.safetensors", file);
  weights::writeTorchFile(folder / "w.pth", toBytes(file));
  for (const char* name : {"w.safetensors", "w.pth"}) {
    const auto ours = filled("vgg16", 2);
    const Transfer transfer = loadPretrained(folder / name, graph::modelEntry("vgg16"), *ours);
    const at::Tensor loaded = ours->named_parameters()["features.28.weight"];
    EXPECT_TRUE(at::equal(loaded, file.tensors.at("module.features.28.weight").to(at::kFloat))) << name;
    EXPECT_TRUE(loaded.scalar_type() == at::kFloat);
    EXPECT_THAT(transfer.skipped, ElementsAre("head.fc.weight", "pre_logits.fc1.weight", "pre_logits.fc2.bias"));
    EXPECT_THAT(transfer.notes,
                ElementsAre("took the prefix \"module.\" off every name",
                            "read " + std::to_string(file.tensors.size()) + " bfloat16 tensors as float32"));
  }
}

TEST(LoadPretrained, ListsEveryFaultAndThenCopiesNothing) {
  const test::TempFolder folder;
  const auto network = filled("vgg16", 1);
  TensorFile file = foreignFile(*filled("vgg16", 2), "classifier");
  file.tensors.erase("features.5.bias");
  file.tensors["features.0.weight"] = at::zeros({64, 1, 3, 3});
  file.tensors["features.2.bias"] = at::zeros({64}, at::kLong);
  file.tensors["strange"] = at::zeros({1});
  file.tensors["classifiers.0"] = at::zeros({1});
  writeTensors(folder / "w", file);
  const at::Tensor before = network->named_parameters()["features.28.weight"].detach().clone();
  const std::string message =
      errorOf(Fault::kData, [&] { loadPretrained(folder / "w", graph::modelEntry("vgg16"), *network); });
  EXPECT_THAT(message,
              AllOf(HasSubstr("these are not torchvision's weights of vgg16"), HasSubstr("missing features.5.bias"),
                    HasSubstr("features.0.weight is 64x1x3x3, expected 64x3x3x3"),
                    HasSubstr("features.2.bias holds whole numbers"), HasSubstr("extra strange"),
                    HasSubstr("extra classifiers.0"), Not(HasSubstr("extra classifier."))));
  EXPECT_TRUE(at::equal(network->named_parameters()["features.28.weight"], before));
}

/// A copy of the file with a value that is none in some of its tensors.
TensorFile spoilt(const TensorFile& file, const std::vector<std::string>& names, double value) {
  TensorFile copy = file;
  for (const std::string& name : names) {
    copy.tensors[name] = file.tensors.at(name).detach().clone();
    copy.tensors[name].view(-1)[-1] = value;
  }
  return copy;
}

TEST(LoadPretrained, NamesWeightsThatAreNotFiniteAndCopiesNothing) {
  const test::TempFolder folder;
  const auto network = filled("vgg16", 1);
  const TensorFile file = foreignFile(*filled("vgg16", 2), "classifier");
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    writeTensors(folder / "w", spoilt(file, {"features.0.bias", "features.5.weight", "classifier.weight"}, value));
    EXPECT_THAT(errorOf(Fault::kData, [&] { loadPretrained(folder / "w", graph::modelEntry("vgg16"), *network); }),
                AllOf(HasSubstr("w: holds NaN or infinity in features.0.bias, features.5.weight: "),
                      Not(HasSubstr("classifier"))));  // which nobody takes
  }
  EXPECT_TRUE(sameBody(*network, *filled("vgg16", 1)));
}

TEST(StartFrom, NamesWeightsThatAreNotFinite) {
  const test::TempFolder folder;
  CheckpointDescription description;
  description.spec = {"generic", {1, 32, 32}, kClasses};
  description.preprocess.input = description.spec.input;
  const TensorFile file = packModel(*filled("generic", 1), description);
  const auto network = filled("generic", 2);
  writeTensors(folder / "w", spoilt(file, {"bn5.running_var"}, std::nan("")));
  EXPECT_THAT(errorOf(Fault::kData, [&] { startFrom(folder / "w", *network, kClasses); }),
              HasSubstr("w: holds NaN or infinity in bn5.running_var: "));
  EXPECT_THAT(errorOf(Fault::kData, [&] { loadModel(folder / "w"); }),  // who evaluates or exports
              HasSubstr("w: holds NaN or infinity in bn5.running_var: "));
  EXPECT_TRUE(
      at::equal(network->named_parameters()["conv1.weight"], filled("generic", 2)->named_parameters()["conv1.weight"]));
}

TEST(Finite, NamesAFewAndCountsTheRest) {
  std::vector<std::pair<std::string, at::Tensor>> tensors = {
      {"whole", at::full({3}, 7, at::kLong)}, {"largest", at::full({70000}, 3.4e38)}, {"none", at::empty({0})}};
  EXPECT_EQ(notFinite(tensors), "");
  for (int i = 0; i < 10; ++i) tensors.emplace_back("w" + std::to_string(i), at::full({2}, HUGE_VAL));
  EXPECT_EQ(notFinite(tensors), "w0, w1, w2, w3, w4, w5, w6, w7 and 2 more");
  const at::Tensor images = at::zeros({2, 3, 4, 4}).contiguous(at::MemoryFormat::ChannelsLast);
  EXPECT_TRUE(isFinite(images));
  images[1][2][3][3] = std::nan("");
  EXPECT_FALSE(isFinite(images));
  EXPECT_FALSE(isFinite(images.select(1, 2)));  // with gaps between its numbers
  EXPECT_TRUE(isFinite(images.select(1, 1)));
  EXPECT_FALSE(isFinite(images.to(at::kDouble)));
}

TEST(LoadPretrained, IsOnlyForNetworksWithSuchABody) {
  const auto network = filled("generic", 1);
  EXPECT_THAT(errorOf(Fault::kUsage, [&] { loadPretrained("w.pth", graph::modelEntry("generic"), *network); }),
              HasSubstr("there are no pretrained weights for generic"));
}

TEST(StartFrom, CopiesWhatFitsAndSaysWhatDoesNot) {
  const test::TempFolder folder;
  const auto old = filled("generic", 1, {"a", "b"});
  CheckpointDescription description;
  description.spec = {"generic", {1, 32, 32}, {"a", "b"}};
  description.preprocess.input = description.spec.input;
  writeTensors(folder / "best.safetensors", packModel(*old, description));
  const auto network = filled("generic", 2);
  const Transfer transfer = startFrom(folder / "best.safetensors", *network, kClasses);
  EXPECT_THAT(transfer.initialised, ElementsAre("dense3.weight", "dense3.bias"));
  EXPECT_THAT(transfer.notes, ElementsAre(HasSubstr("dense3 is drawn anew")));
  EXPECT_TRUE(at::equal(network->named_parameters()["conv1.weight"], old->named_parameters()["conv1.weight"]));
  const auto other = filled("vgg16", 2);
  EXPECT_THAT(errorOf(Fault::kData, [&] { startFrom(folder / "best.safetensors", *other, kClasses); }),
              HasSubstr("none of its tensors fits this network"));
  EXPECT_THAT(errorOf(Fault::kUsage, [&] { startFrom(folder.path(), *network, kClasses); }), HasSubstr("config.json"));
}

/// A run of the classes given, in `folder`.
void writeRunOf(const test::TempFolder& folder, const Network& network, const std::vector<std::string>& classes) {
  CheckpointDescription description;
  description.spec = {"generic", {1, 32, 32}, classes};
  description.preprocess.input = description.spec.input;
  writeTensors(folder / "best.safetensors", packModel(network, description));
}

TEST(StartFrom, DrawsTheLastLayerAnewWhereAsManyClassesAreOthers) {
  const test::TempFolder folder;
  const auto old = filled("generic", 1, {"a", "b"});
  writeRunOf(folder, *old, {"a", "b"});
  const auto network = filled("generic", 2, {"b", "c"});
  const at::Tensor drawn = network->named_parameters()["dense3.weight"].clone();
  const Transfer transfer = startFrom(folder / "best.safetensors", *network, {"b", "c"});
  EXPECT_THAT(transfer.initialised, ElementsAre("dense3.weight", "dense3.bias"));
  EXPECT_THAT(transfer.notes, ElementsAre("other classes (a, b there, b, c here): dense3 is drawn anew"));
  EXPECT_TRUE(at::equal(network->named_parameters()["dense3.weight"], drawn));
  EXPECT_TRUE(at::equal(network->named_parameters()["dense2.weight"], old->named_parameters()["dense2.weight"]));
}

TEST(StartFrom, MatchesTheSameClassesByName) {
  const test::TempFolder folder;
  const auto old = filled("generic", 1, {"a", "b", "c"});
  writeRunOf(folder, *old, {"a", "b", "c"});
  const auto network = filled("generic", 2, {"c", "a", "b"});
  const Transfer transfer = startFrom(folder / "best.safetensors", *network, {"c", "a", "b"});
  EXPECT_THAT(transfer.initialised, ::testing::IsEmpty());
  EXPECT_THAT(transfer.notes, ElementsAre(HasSubstr("those of dense3 are matched by name")));
  for (const char* name : {"dense3.weight", "dense3.bias"}) {
    const at::Tensor found = network->named_parameters()[name];
    const at::Tensor expected = old->named_parameters()[name];
    EXPECT_TRUE(at::equal(found[0], expected[2])) << name;
    EXPECT_TRUE(at::equal(found[1], expected[0])) << name;
    EXPECT_TRUE(at::equal(found[2], expected[1])) << name;
  }
}

TEST(StartFrom, TakesWhatPyTorchSavesAndSaysThatItHasNoCard) {
  const test::TempFolder folder;
  const auto old = filled("generic", 1);
  weights::writeTorchFile(folder / "w.pth", toBytes(packModel(*old, {})));
  const auto network = filled("generic", 2);
  const Transfer transfer = startFrom(folder / "w.pth", *network, kClasses);
  EXPECT_THAT(transfer.initialised, ::testing::IsEmpty());
  EXPECT_THAT(transfer.notes, ElementsAre(HasSubstr("no model description")));
  EXPECT_TRUE(at::equal(network->named_parameters()["conv1.weight"], old->named_parameters()["conv1.weight"]));
}

}  // namespace
}  // namespace fer::nn
