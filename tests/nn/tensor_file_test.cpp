#include "fer/nn/tensor_file.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "support/temp_folder.hpp"

namespace fer::nn {
namespace {

TensorFile sample() {
  TensorFile file;
  file.tensors["channels_last"] = at::rand({2, 3, 4, 5}).contiguous(at::MemoryFormat::ChannelsLast);
  file.tensors["transposed"] = at::rand({3, 2}).t();
  file.tensors["counts"] = at::tensor({std::int64_t{-1}, std::int64_t{1} << 40});
  file.tensors["empty"] = at::empty({0, 3});
  file.tensors["scalar"] = at::full({}, 3.5F);
  file.tensors["learned"] = at::rand({7}).requires_grad_();
  file.metadata["text"] = "with \"quotes\" and \n";
  return file;
}

void expectSame(const TensorFile& found, const TensorFile& expected) {
  EXPECT_EQ(found.metadata, expected.metadata);
  ASSERT_EQ(found.tensors.size(), expected.tensors.size());
  for (const auto& [name, tensor] : expected.tensors) {
    const at::Tensor& other = found.tensors.at(name);
    EXPECT_TRUE(other.scalar_type() == tensor.scalar_type()) << name;
    EXPECT_TRUE(at::equal(other, tensor)) << name;
    EXPECT_TRUE(other.is_contiguous()) << name;
    EXPECT_FALSE(other.requires_grad()) << name;
  }
}

TEST(TensorFile, IsReadAsItWasWritten) {
  const test::TempFolder folder;
  const TensorFile file = sample();
  writeTensors(folder / "f", file);
  expectSame(readTensors(folder / "f"), file);
}

TEST(TensorFile, BecomesBytesAndBack) {
  const TensorFile file = sample();
  expectSame(fromBytes(toBytes(file)), file);
}

TEST(TensorFile, CopiesOnlyWhatMustBe) {
  TensorFile file;
  file.tensors["plain"] = at::rand({3, 2});
  file.tensors["transposed"] = at::rand({3, 2}).t();
  const weights::NamedTensors bytes = toBytes(file);
  const TensorFile again = fromBytes(bytes);
  EXPECT_EQ(again.tensors.at("plain").data_ptr(), file.tensors.at("plain").data_ptr());
  EXPECT_NE(again.tensors.at("transposed").data_ptr(), file.tensors.at("transposed").data_ptr());
  EXPECT_EQ(again.tensors.at("transposed").data_ptr(), bytes.tensors.at("transposed").bytes.data());
}

weights::Tensor tensorOf(weights::DType dtype, const std::vector<std::uint16_t>& words) {
  const weights::Bytes bytes(2 * words.size());
  std::memcpy(bytes.data(), words.data(), bytes.size());
  const auto count = static_cast<std::int64_t>(bytes.size() / weights::elementSize(dtype));
  return {{dtype, {count}}, bytes};
}

/// Bits by IEEE 754 and by bfloat16, which is the upper half of a float32.
TEST(TensorFile, ReadsOtherFloatingPointNumbersAsFloat32) {
  weights::NamedTensors content;
  content.notes = {"before"};
  content.tensors["half"] = tensorOf(weights::DType::kFloat16, {0x3E00, 0xC000, 0x3400, 0x0001, 0x7BFF});
  content.tensors["brain"] = tensorOf(weights::DType::kBfloat16, {0x3FC0, 0xC000, 0x3E80});
  content.tensors["brain2"] = tensorOf(weights::DType::kBfloat16, {0x3FC0});
  content.tensors["double"] = tensorOf(weights::DType::kFloat64, {0, 0, 0, 0x3FF8});
  content.tensors["counts"] = tensorOf(weights::DType::kInt16, {1, 0xFFFF});
  content.tensors["flags"] = tensorOf(weights::DType::kBool, {0x0100});
  const TensorFile file = fromBytes(content);
  EXPECT_TRUE(at::equal(file.tensors.at("half"), at::tensor({1.5F, -2.0F, 0.25F, 0x1p-24F, 65504.0F})));
  EXPECT_TRUE(at::equal(file.tensors.at("brain"), at::tensor({1.5F, -2.0F, 0.25F})));
  EXPECT_TRUE(at::equal(file.tensors.at("double"), at::tensor({1.5F})));
  EXPECT_TRUE(at::equal(file.tensors.at("counts"), at::tensor({1, -1}, at::kShort)));
  EXPECT_TRUE(at::equal(file.tensors.at("flags"), at::tensor({0, 1}, at::kByte)));
  EXPECT_THAT(file.notes,
              ::testing::ElementsAre("before", "read 1 float64 tensors as float32", "read 1 float16 tensors as float32",
                                     "read 2 bfloat16 tensors as float32"));
}

TEST(TensorFile, RefusesOtherElementTypes) {
  TensorFile file;
  file.tensors["complex"] = at::zeros({2}, at::kComplexFloat);
  EXPECT_THROW(toBytes(file), c10::Error);
}

}  // namespace
}  // namespace fer::nn
