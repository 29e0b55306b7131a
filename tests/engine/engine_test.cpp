#include "fer/engine/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/error_of.hpp"
#include "support/exported_model.hpp"
#include "support/temp_folder.hpp"

namespace fer::engine {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::uint8_t> bytesOf(std::size_t images) {
  std::vector<std::uint8_t> bytes(images * 30);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(37 * i % 101);
  return bytes;
}

/// What ONNX Runtime says of bytesOf(images): tests/oracles/onnx_runtime.py.
std::vector<float> expectedOf(std::size_t images) {
  std::ifstream stream(FER_FIXTURES "/onnx/every_layer.json");
  const auto fixture = nlohmann::json::parse(stream);
  for (const auto& batch : fixture.at("batches"))
    if (batch.at("images").get<std::size_t>() == images) return batch.at("probabilities").get<std::vector<float>>();
  throw std::out_of_range("no such batch in the fixture");
}

float largestDifference(const std::vector<float>& found, const std::vector<float>& expected) {
  if (found.size() != expected.size()) return 1;
  float largest = 0;
  for (std::size_t i = 0; i < found.size(); ++i) largest = std::max(largest, std::abs(found[i] - expected[i]));
  return largest;
}

/// Each engine that there is, with a difference that it may have.
class EveryEngine : public ::testing::TestWithParam<std::string> {
 protected:
  float most() const { return GetParam() == "openvino-bf16" ? 2e-2F : 1e-6F; }
  ExportedModel open(const std::string& bytes = test::exportedEveryLayer()) const {
    try {
      return openModel(bytes, "m.onnx", {GetParam(), 1});
    } catch (const Error& error) {
      if (error.fault() != Fault::kUsage) throw;
      return {};  // no bfloat16 in this processor
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, EveryEngine, ::testing::ValuesIn(engineNames()), [](const auto& engine) {
  std::string name = engine.param;
  std::erase(name, '-');
  return name;
});

// OpenCV 4.6 computes squeeze-and-excite and constants over channels wrongly after a change of batch, unless the file
// is written with care (src/weights/onnx/write.cpp).
TEST_P(EveryEngine, SaysWhatOnnxRuntimeSaysWhateverTheBatch) {
  const ExportedModel model = open();
  if (!model.predictor) GTEST_SKIP() << "not on this processor";
  EXPECT_EQ(model.engine, GetParam());
  for (const std::size_t images : {1U, 7U, 64U, 7U, 1U, 64U})
    EXPECT_LT(largestDifference(model.predictor->probabilities(bytesOf(images)), expectedOf(images)), most())
        << images << " images";
}

TEST_P(EveryEngine, TakesAnyNumberOfImages) {
  const ExportedModel model = open();
  if (!model.predictor) GTEST_SKIP() << "not on this processor";
  EXPECT_TRUE(model.predictor->probabilities({}).empty());
  const std::vector<std::uint8_t> many = bytesOf(64);
  std::vector<std::uint8_t> bytes;
  std::vector<float> expected;
  for (int i = 0; i < 5; ++i) {  // 320, more than are computed at once
    bytes.insert(bytes.end(), many.begin(), many.end());
    const std::vector<float> part = expectedOf(64);
    expected.insert(expected.end(), part.begin(), part.end());
  }
  EXPECT_LT(largestDifference(model.predictor->probabilities(bytes), expected), most());
  EXPECT_THROW(model.predictor->probabilities(std::span(bytes).first(31)), std::invalid_argument);
}

// Kernels of 11 bits: 2^-12 of a weight is lost at most.
TEST_P(EveryEngine, RunsKernelsInFloat16) {
  const ExportedModel model = open(test::exportedEveryLayer(weights::descriptionJson(test::everyLayerDescription()),
                                                            weights::OnnxKernels::kFloat16));
  if (!model.predictor) GTEST_SKIP() << "not on this processor";
  const float difference = largestDifference(model.predictor->probabilities(bytesOf(7)), expectedOf(7));
  EXPECT_GT(difference, 1e-6F);
  EXPECT_LT(difference, GetParam() == "openvino-bf16" ? 2e-2F : 2e-3F);
}

TEST_P(EveryEngine, RefusesANetworkThatItCannotRun) {
  if (!open().predictor) GTEST_SKIP() << "not on this processor";
  std::string bytes = test::exportedEveryLayer();
  bytes.replace(bytes.find("MaxPool"), 7, "MinPool");
  EXPECT_THAT(errorOf(Fault::kData, [&] { open(bytes); }), AllOf(HasSubstr("m.onnx: "), HasSubstr("cannot run this")));
}

TEST(Engine, SaysWhatTheMetadataSays) {
  const test::TempFolder folder;
  writeFile(folder / "m.onnx", test::exportedEveryLayer());
  const ExportedModel model = openModel(folder / "m.onnx", {});
  EXPECT_EQ(model.engine, engineNames().front());
  EXPECT_EQ(model.predictor->inputShape(), (ImageShape{1, 6, 5}));
  EXPECT_EQ(model.predictor->classes(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(model.description.run, "a_run");
  EXPECT_EQ(model.description.checkpoint, "best");
}

TEST(Engine, OfOpenCvIsAlwaysThere) {
  EXPECT_THAT(engineNames(), Contains("opencv"));
}

TEST(Engine, RefusesUnknownEngines) {
  const std::string bytes = test::exportedEveryLayer();
  EXPECT_THAT(errorOf(Fault::kUsage,
                      [&] {
                        openModel(bytes, "m.onnx", {"tensorrt", 1});
                      }),
              AllOf(HasSubstr("engine tensorrt: no such engine"), HasSubstr("auto, "), HasSubstr("opencv")));
  EXPECT_THAT(errorOf(Fault::kUsage, [&] { openModel("nowhere.onnx", {"tensorrt", 1}); }), HasSubstr("tensorrt"));
}

TEST(Engine, RefusesFilesThatAreNotFers) {
  const auto errorFor = [](const std::string& bytes) {
    return errorOf(Fault::kData, [&] { openModel(bytes, "m.onnx", {"opencv", 1}); });
  };
  const graph::Graph graph = test::everyLayer();
  weights::ModelDescription other = test::everyLayerDescription();
  const auto described = [&] { return test::exportedEveryLayer(weights::descriptionJson(other)); };

  EXPECT_THAT(errorFor("no ONNX"), HasSubstr("m.onnx: not an ONNX model"));
  EXPECT_THAT(errorFor(weights::onnxModel(graph, test::tensorsOf(graph), {})), HasSubstr("not one of fer's"));
  EXPECT_THAT(errorFor(test::exportedEveryLayer("{}")), HasSubstr("m.onnx (description): schema: missing"));
  other.spec.classes = {"a", "b"};
  EXPECT_THAT(errorFor(described()), HasSubstr("does not take and give what its metadata says"));
  other = test::everyLayerDescription();
  other.spec.input.width = other.preprocess.input.width = 6;
  EXPECT_THAT(errorFor(described()), HasSubstr("does not take and give what its metadata says"));
  EXPECT_THAT(errorOf(Fault::kData, [] { openModel("nowhere.onnx", {}); }), HasSubstr("nowhere.onnx"));
}

TEST(Engine, RefusesProbabilitiesThatAreNoNumbers) {
  const graph::Graph graph = test::everyLayer();
  auto tensors = test::tensorsOf(graph);
  const float infinity = std::numeric_limits<float>::infinity();
  std::memcpy(tensors.at("dense2.bias").bytes.data(), &infinity, sizeof infinity);
  const std::string bytes =
      weights::onnxModel(graph, tensors, {{"fer", weights::descriptionJson(test::everyLayerDescription())}});
  const ExportedModel model = openModel(bytes, "m.onnx", {"opencv", 1});
  EXPECT_THAT(errorOf(Fault::kData, [&] { model.predictor->probabilities(bytesOf(1)); }),
              HasSubstr("m.onnx: the network gives no probabilities"));
}

}  // namespace
}  // namespace fer::engine
