#include "fer/nn/safetensors.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer::nn {
namespace {

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
  const TensorFile file = readTensors(folder / "a");
  EXPECT_EQ(file.metadata.at("k"), "v");
  EXPECT_TRUE(at::equal(file.tensors.at("w"), at::tensor({1.5F, -2.0F, 0.25F}).view({3, 1})));
}

TEST(Safetensors, WritesWhatItReads) {
  const test::TempFolder folder;
  TensorFile file;
  file.tensors["b"] = at::rand({2, 3, 4, 5}).contiguous(at::MemoryFormat::ChannelsLast);
  file.tensors["a"] = at::rand({7});
  file.tensors["empty"] = at::empty({0, 3});
  file.tensors["scalar"] = at::full({}, 3.5F);
  file.metadata["text"] = "with \"quotes\" and \n";
  writeTensors(folder / "f", file);
  const TensorFile again = readTensors(folder / "f");
  EXPECT_EQ(again.metadata, file.metadata);
  ASSERT_EQ(again.tensors.size(), file.tensors.size());
  for (const auto& [name, tensor] : file.tensors) EXPECT_TRUE(at::equal(again.tensors.at(name), tensor)) << name;
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
      {fileOf(R"({"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", four), "\"F16\", expected \"F32\""},
      {fileOf(R"({"w":{"dtype":"F32","shape":[1]}})", four), "entry of tensor w is incomplete"},
      {fileOf(R"({"w":5})", four), "entry of tensor w is incomplete"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", four), "impossible shape"},
      {fileOf(R"({"w":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,4]}})", four),
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
      readTensors(folder / "bad");
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
  EXPECT_THROW(readTensors(folder / "missing"), Error);
  EXPECT_THROW(readTensors(folder.path()), Error);
}

}  // namespace
}  // namespace fer::nn
