#include "fer/weights/onnx/metadata.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "support/golden.hpp"

namespace fer::weights {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string everyLayerBytes() {
  return test::fileText(FER_FIXTURES "/onnx/every_layer.onnx");
}

TEST(OnnxHeader, SaysWhatAModelTakesAndGives) {
  const OnnxHeader header = parseOnnxHeader(everyLayerBytes(), "m.onnx");
  EXPECT_THAT(header.metadata, ElementsAre(Pair("fer", "{\"model\": \"every layer\"}")));
  ASSERT_EQ(header.inputs.size(), 1U);
  EXPECT_EQ(header.inputs[0].name, "images");
  EXPECT_THAT(header.inputs[0].shape, ElementsAre(-1, 1, 6, 5));
  ASSERT_EQ(header.outputs.size(), 1U);
  EXPECT_EQ(header.outputs[0].name, "probabilities");
  EXPECT_THAT(header.outputs[0].shape, ElementsAre(-1, 3));
}

std::string errorOfHeader(const std::string& bytes) {
  try {
    parseOnnxHeader(bytes, "m.onnx");
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData);
    return error.what();
  }
  return "no error";
}

/// A field with a length, below 16,384, and content.
std::string field(int number, const std::string& content) {
  const auto byte = [](std::size_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  const std::size_t length = content.size();
  return std::string{byte(static_cast<std::size_t>(number) << 3U | 2U), byte((length & 127) | 128), byte(length >> 7)} +
         content;
}

TEST(OnnxHeader, RefusesWhatIsNoModel) {
  const std::string whole = everyLayerBytes();
  // A graph's input of 65 sides: graph (7), input (11), type (2), tensor type (1), shape (2), side (1).
  std::string many_sides;
  for (int i = 0; i < 65; ++i) many_sides += field(1, "");
  for (const int number : {2, 1, 2, 11, 7}) many_sides = field(number, many_sides);
  std::string many_entries = field(7, "");
  for (int i = 0; i < 1100; ++i) many_entries += field(14, field(1, std::to_string(i)));
  const struct {
    std::string bytes;
    const char* message;
  } cases[] = {
      {"", "m.onnx: not an ONNX model, or damaged (it holds no network)"},
      {"\x89PNG\r\n\x1a\n and more", "not an ONNX model"},
      {whole.substr(0, whole.size() / 2), "not an ONNX model"},
      {whole.substr(0, whole.size() - 1), "not an ONNX model"},
      {field(14, field(1, "key")), "it holds no network"},
      {many_entries, "more than 1024 metadata entries"},
      {many_sides, "more than 64 sides"},
  };
  for (const auto& one : cases) EXPECT_THAT(errorOfHeader(one.bytes), HasSubstr(one.message)) << one.bytes.size();
}

TEST(OnnxHeader, PassesOverFieldsOfAnotherType) {
  // Field 14, the metadata, as a number; field 1 of an entry as a number.
  const OnnxHeader header = parseOnnxHeader("\x70\x05" + field(7, "") + field(14, "\x08\x07" + field(2, "v")), "m");
  EXPECT_THAT(header.metadata, ElementsAre(Pair("", "v")));
}

}  // namespace
}  // namespace fer::weights
