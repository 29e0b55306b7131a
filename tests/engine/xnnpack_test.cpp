#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/xnnpack/buffers.hpp"
#include "engine/xnnpack/constants.hpp"
#include "fer/core/error.hpp"
#include "fer/engine/engine.hpp"
#include "support/error_of.hpp"
#include "support/exported_model.hpp"

namespace fer::engine {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::FloatEq;
using ::testing::HasSubstr;

/// everyLayer() with the first of one piece replaced by another of the same length.
std::string changed(const std::string& from, const std::string& to) {
  std::string bytes = test::exportedEveryLayer();
  return bytes.replace(bytes.find(from), from.size(), to);
}

/// A node's output as it stands in its bytes: a name behind its length.
std::string output(const std::string& name) {
  return std::string{'\x12', static_cast<char>(name.size())} + name;
}

TEST(Xnnpack, NamesTheNodeThatItCannotRun) {
  const struct {
    std::string bytes;
    const char* message;
  } cases[] = {
      {changed("Relu", "Tanh"), "node relu1, Tanh: an operation that fer-export does not write"},
      {changed("half_pixel", "asymmetric"), "node resize, Resize: neither linear with half-pixel centres"},
      {changed("epsilon", "epsilom"), "BatchNormalization: attribute epsilom, which fer-export does not write"},
      {changed("transB", "transA"), "node se.dense1, Gemm: attribute transA"},
      {changed(output("conv1"), output("conv9")), "node relu1, Relu: takes conv1, which no node before it gives"},
      {changed("GlobalAveragePool", "GlobalAveragePooh"), "node mean.maps, GlobalAveragePooh"},
  };
  for (const auto& item : cases)
    EXPECT_THAT(errorOf(Fault::kData,
                        [&] {
                          openModel(item.bytes, "m.onnx", {"xnnpack", 1});
                        }),
                AllOf(HasSubstr("m.onnx: XNNPACK cannot run this model"), HasSubstr(item.message),
                      HasSubstr("Use --engine opencv.")));
}

TEST(Xnnpack, LeavesToOpenCvWhatItCannotRunUnlessItWasAskedFor) {
  const std::string bytes = changed("Relu", "Tanh");
  const ExportedModel model = openModel(bytes, "m.onnx", {});
  EXPECT_NE(model.engine, "xnnpack");
  EXPECT_EQ(model.predictor->probabilities(std::vector<std::uint8_t>(30)).size(), 3U);
}

TEST(Xnnpack, RefusesWeightsOfAnotherShape) {
  const weights::OnnxTensor three{weights::OnnxTensor::Type::kFloat32, {3}, std::string_view("0123456789ab")};
  EXPECT_EQ(xnnpack::floatsOf(three, {3}).size(), 3U);
  const auto errorFor = [](const weights::OnnxTensor& tensor, const xnnpack::Shape& shape) {
    return errorOf(Fault::kData, [&] { xnnpack::floatsOf(tensor, shape); });
  };
  EXPECT_THAT(errorFor(three, {1, 3}), HasSubstr("a tensor of 3 in 12 bytes where 1 x 3 is needed"));
  weights::OnnxTensor other = three;
  other.shape = {-1, -3};
  EXPECT_THAT(errorFor(other, {-1, -3}), HasSubstr("-1 x -3"));
  other.shape = {std::int64_t{1} << 62, 4, 3};  // 3 in 64 bits
  EXPECT_THAT(errorFor(other, other.shape), HasSubstr("in 12 bytes"));
  other = three;
  other.type = weights::OnnxTensor::Type::kOther;
  EXPECT_THAT(errorFor(other, {3}), HasSubstr("not float32"));
}

TEST(Xnnpack, TakesChannelsSideBySide) {
  // Two rows of two maps of three pixels.
  EXPECT_THAT(xnnpack::pixelAfterPixel({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 3),
              ElementsAre(1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12));
}

TEST(Xnnpack, TakesAWideDenseLayerInParts) {
  EXPECT_THAT(xnnpack::columnsOf({1, 2, 3, 4, 5, 6, 7, 8}, 4, 1, 2), ElementsAre(2, 3, 6, 7));
  EXPECT_THAT(xnnpack::columnsOf({1, 2, 3, 4, 5, 6}, 3, 2, 1), ElementsAre(3, 6));
}

// 4 / sqrt(3 + 1) = 2, 1 - 10 x 2 = -19; 0.5 / sqrt(15 + 1) = 1/8, 7 + 2/8 = 7.25.
TEST(Xnnpack, TakesANormAsScaleAndOffset) {
  const xnnpack::ScaleAndOffset norm = xnnpack::normOf({4, 0.5}, {1, 7}, {10, -2}, {3, 15}, 1);
  EXPECT_THAT(norm.scale, ElementsAre(FloatEq(2), FloatEq(0.125)));
  EXPECT_THAT(norm.offset, ElementsAre(FloatEq(-19), FloatEq(7.25)));
}

/// A network of values of so many numbers, and of steps.
xnnpack::Network networkOf(const std::vector<std::size_t>& sizes,
                           const std::vector<std::pair<std::vector<std::size_t>, std::size_t>>& steps) {
  xnnpack::Network network;
  for (const std::size_t size : sizes) network.values.push_back({size});
  for (const auto& [inputs, output] : steps) network.steps.push_back({"", {}, inputs, output});
  network.output = sizes.size() - 1;
  return network;
}

TEST(XnnpackBuffers, AreSharedByValuesThatFollowEachOther) {
  const xnnpack::Buffers chain = buffersOf(networkOf({5, 9, 4, 7}, {{{0}, 1}, {{1}, 2}, {{2}, 3}}));
  EXPECT_THAT(chain.of, ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(chain.sizes, ElementsAre(5, 9));
}

TEST(XnnpackBuffers, HoldWhatIsNeededLater) {
  // Value 1 goes around value 2 into a sum, as in ResNet.
  const xnnpack::Buffers around = buffersOf(networkOf({5, 5, 5, 5}, {{{0}, 1}, {{1}, 2}, {{2, 1}, 3}}));
  EXPECT_THAT(around.of, ElementsAre(0, 1, 0, 2));
  // Value 2 is joined from values 0 and 1, in two steps.
  const xnnpack::Buffers joined = buffersOf(networkOf({5, 5, 10, 3}, {{{0}, 1}, {{0}, 2}, {{1}, 2}, {{2}, 3}}));
  EXPECT_THAT(joined.of, ElementsAre(0, 1, 2, 0));
  // What nobody reads is given back, the output is not.
  const xnnpack::Buffers unread = buffersOf(networkOf({5, 6, 5}, {{{0}, 2}, {{0}, 1}}));
  EXPECT_THAT(unread.of, ElementsAre(0, 2, 1));
}

}  // namespace
}  // namespace fer::engine
