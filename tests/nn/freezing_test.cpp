#include "fer/nn/freezing.hpp"

#include "fer/nn/layers/initialise.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "fer/graph/models/table.hpp"

namespace fer::nn {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

std::shared_ptr<Network> smallVgg16() {
  return makeModel({"vgg16", {1, 32, 32}, {"a", "b"}});
}

std::vector<std::string> frozenParameters(const Network& network) {
  std::vector<std::string> names;
  for (const auto& item : network.named_parameters())
    if (!item.value().requires_grad()) names.push_back(item.key());
  return names;
}

TEST(BelongsTo, ComparesWholeNames) {
  EXPECT_TRUE(belongsTo("features.2.weight", "features.2"));
  EXPECT_TRUE(belongsTo("features.2.weight", "features"));
  EXPECT_TRUE(belongsTo("conv1", "conv1"));
  EXPECT_FALSE(belongsTo("features.21.weight", "features.2"));
  EXPECT_FALSE(belongsTo("features", "features.2"));
}

TEST(Freeze, FreezesWhatIsNamedButNotWhatIsReleasedAndNothingElse) {
  const auto network = smallVgg16();
  freeze(*network, {"features.2", "head.dense1"}, {});
  EXPECT_THAT(frozenParameters(*network),
              UnorderedElementsAre("features.2.weight", "features.2.bias", "head.dense1.weight", "head.dense1.bias"));
  freeze(*network, {"features.2", "head.dense1"}, {"head"});
  EXPECT_THAT(frozenParameters(*network), UnorderedElementsAre("features.2.weight", "features.2.bias"));
  freeze(*network, {}, {});
  EXPECT_THAT(frozenParameters(*network), ::testing::IsEmpty());
}

TEST(Freeze, RefusesNamesThatFitNoLayer) {
  const auto network = smallVgg16();
  EXPECT_NO_THROW(requireLayers(*network, {"features", "features.0", "head.bn2"}, "k"));
  for (const char* name : {"feature", "features.1", "", "head."}) {
    try {
      requireLayers(*network, {name}, "model.frozen");
      ADD_FAILURE() << name << " is taken for a layer";
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kUsage);
      EXPECT_THAT(error.what(), HasSubstr("model.frozen: the network has no layer \"" + std::string(name) + "\""));
      EXPECT_THAT(error.what(), HasSubstr("features.0, features.2"));
    }
  }
}

// What autograd does not record costs no backward pass.
TEST(Freeze, AFrozenBodyIsNotRecorded) {
  const auto network = smallVgg16();
  freeze(*network, {"features"}, {});
  const at::Tensor images = at::zeros({2, 1, 32, 32});
  EXPECT_FALSE(network->featureMaps(images).requires_grad());
  freeze(*network, {"features"}, {"features.28"});
  EXPECT_TRUE(network->featureMaps(images).requires_grad());
  network->forward(images).sum().backward();
  for (const auto& item : network->named_parameters())
    EXPECT_EQ(item.value().grad().defined(), item.value().requires_grad()) << item.key();
}

TEST(SetTrainingMode, AFrozenBatchNormKeepsItsRunningValues) {
  const auto network = makeModel({"resnet50", {1, 32, 32}, {"a", "b"}});
  initialise(*network, 1);
  freeze(*network, {"bn1", "layer1"}, {"layer1.2.bn3"});
  setTrainingMode(*network);
  std::map<std::string, at::Tensor> before;
  for (const auto& [name, tensor] : namedState(*network)) before[name] = tensor.detach().clone();
  network->forward(at::rand({4, 1, 32, 32}));
  for (const auto& [name, tensor] : namedState(*network)) {
    const bool running = name.find("running") != std::string::npos;
    const bool frozen = (belongsTo(name, "bn1") || belongsTo(name, "layer1")) && !belongsTo(name, "layer1.2.bn3");
    EXPECT_EQ(at::equal(tensor, before.at(name)), !running || frozen) << name;
  }
  network->eval();
  setTrainingMode(*network);  // and once more after an evaluation
  EXPECT_FALSE(network->named_children()["bn1"]->is_training());
  EXPECT_TRUE(network->named_children()["layer2"]->is_training());
}

}  // namespace
}  // namespace fer::nn
