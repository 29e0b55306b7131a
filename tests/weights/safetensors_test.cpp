#include "fer/weights/safetensors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"
#include "support/tensor_values.hpp"

namespace fer::weights {
namespace {

using test::tensorOf;
using test::valuesOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A safetensors file by the letter of the format.
std::string fileOf(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  std::string text(sizeof length, '\0');
  std::memcpy(text.data(), &length, sizeof length);
  return text + header + data;
}

TEST(Safetensors, ReadsAFileByTheLetterOfTheFormat) {
  const test::TempFolder folder;
  const float values[] = {1.5F, -2.0F, 0.25F};
  writeFile(folder / "a",
            fileOf(R"({"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]}} )",
                   std::string(reinterpret_cast<const char*>(values), sizeof values)));
  const NamedTensors file = readSafetensors(folder / "a");
  EXPECT_EQ(file.metadata.at("k"), "v");
  EXPECT_THAT(file.tensors.at("w").type.shape, ElementsAre(3, 1));
  EXPECT_THAT(valuesOf<float>(file.tensors.at("w")), ElementsAre(1.5F, -2.0F, 0.25F));
}

/// Each type has a name of its own and the width that the format says.
TEST(Safetensors, ReadsEveryElementType) {
  const struct {
    const char* name;
    DType dtype;
    std::size_t width;
  } cases[] = {
      {"F64", DType::kFloat64, 8},   {"F32", DType::kFloat32, 4}, {"F16", DType::kFloat16, 2},
      {"BF16", DType::kBfloat16, 2}, {"I64", DType::kInt64, 8},   {"I32", DType::kInt32, 4},
      {"I16", DType::kInt16, 2},     {"I8", DType::kInt8, 1},     {"U8", DType::kUint8, 1},
      {"BOOL", DType::kBool, 1},
  };
  const test::TempFolder folder;
  for (const auto& c : cases) {
    const std::string data = std::string("abcdefghijklmnop").substr(0, 2 * c.width);
    const std::string header =
        R"({"w":{"data_offsets":[0,)" + std::to_string(2 * c.width) + R"(],"dtype":")" + c.name + R"(","shape":[2]}})";
    writeFile(folder / "f", fileOf(header + std::string((8 - header.size() % 8) % 8, ' '), data));
    const NamedTensors file = readSafetensors(folder / "f");
    const Tensor& tensor = file.tensors.at("w");
    EXPECT_EQ(tensor.type.dtype, c.dtype) << c.name;
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()), data) << c.name;
    writeSafetensors(folder / "again", file);
    EXPECT_EQ(readFile(folder / "again", Fault::kOther), readFile(folder / "f", Fault::kOther)) << c.name;
  }
}

TEST(Safetensors, WritesWhatItReads) {
  const test::TempFolder folder;
  NamedTensors file;
  file.tensors["b"] = tensorOf<float>({1, 3, 2}, {1.5F, -2.0F, 0.25F, 0.0F, -0.0F, 1e30F});
  file.tensors["a"] = tensorOf<std::int64_t>({2}, {-1, std::int64_t{1} << 40});
  file.tensors["empty"] = tensorOf<float>({0, 3}, {});
  file.tensors["scalar"] = tensorOf<float>({}, {3.5F});
  file.metadata["text"] = "with \"quotes\" and \n";
  writeSafetensors(folder / "f", file);
  const NamedTensors again = readSafetensors(folder / "f");
  EXPECT_EQ(again.metadata, file.metadata);
  ASSERT_EQ(again.tensors.size(), file.tensors.size());
  for (const auto& [name, tensor] : file.tensors) EXPECT_TRUE(test::same(again.tensors.at(name), tensor)) << name;
}

/// The bytes of one tensor at a time, in the order of the file, which is that of the names.
TEST(Safetensors, AsksForBytesWhenTheirTurnComes) {
  const test::TempFolder folder;
  std::vector<std::string> asked;
  std::weak_ptr<std::byte> before;
  writeSafetensors(folder / "f", {{"b", {DType::kFloat32, {1}}}, {"a", {DType::kFloat32, {1}}}}, {},
                   [&](const std::string& name) {
                     EXPECT_TRUE(before.expired());
                     asked.push_back(name);
                     const std::shared_ptr<std::byte> data(new std::byte[4](), std::default_delete<std::byte[]>());
                     before = data;
                     return Bytes(data, 4);
                   });
  EXPECT_THAT(asked, ElementsAre("a", "b"));
  EXPECT_THROW(
      writeSafetensors(folder / "g", {{"a", {DType::kFloat32, {2}}}}, {}, [](const std::string&) { return Bytes(4); }),
      std::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(folder / "g"));
}

TEST(Safetensors, RefusesDamagedFilesByName) {
  const std::string four(4, '\0');
  const struct {
    std::string content;
    const char* message;
  } cases[] = {
      {"", "shorter than 8 bytes"},
      {"abc", "shorter than 8 bytes"},
      {std::string(8, '\xff'), "header is longer than the file"},
      {fileOf("{", "").substr(0, 8), "header is longer than the file"},
      {fileOf("{not json", ""), "(header)"},
      {fileOf("[]", ""), "header is not a JSON object"},
      {fileOf(R"({"__metadata__":{"a":1}})", ""), "metadata is not a map of texts"},
      {fileOf(R"({"w":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}})", four),
       "tensor w has the element type \"F8_E4M3\", which is not read (known: F64, F32, F16,"},
      {fileOf(R"({"w":{"dtype":5,"shape":[4],"data_offsets":[0,4]}})", four), "has the type 5, expected a text"},
      {fileOf(R"({"w":{"dtype":"F16","shape":[2],"data_offsets":[0,2]}})", "12"), "disagree"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[1]}})", four), "entry of tensor w is incomplete"},
      {fileOf(R"({"w":5})", four), "entry of tensor w is incomplete"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", four), "impossible shape"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,4]}})", four),
       "impossible shape"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[0,4611686018427387904,8],"data_offsets":[0,0]}})", ""),
       "impossible shape"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", four), "disagree"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", four), "disagree"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", ""), "describes 4 data bytes, it holds 0"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four + four), "it holds 8"},
      {fileOf(
           R"({"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
           four),
       "overlap before tensor w"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", four + four),
       "gap or overlap before tensor w"},
      {fileOf(
           R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
           four),
       "stands twice"},
  };
  const test::TempFolder folder;
  for (const auto& c : cases) {
    writeFile(folder / "bad", c.content);
    try {
      readSafetensors(folder / "bad");
      ADD_FAILURE() << "accepted, expected: " << c.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(c.message));
      EXPECT_THAT(error.what(), HasSubstr((folder / "bad").string()));
    }
  }
}

TEST(Safetensors, SaysWhichFileIsMissingOrAFolder) {
  const test::TempFolder folder;
  EXPECT_THROW(readSafetensors(folder / "missing"), Error);
  EXPECT_THROW(readSafetensors(folder.path()), Error);
}

}  // namespace
}  // namespace fer::weights
