#include "fer/nn/tensor_file.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

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

TEST(TensorFile, RefusesOtherElementTypes) {
  TensorFile file;
  file.tensors["half"] = at::zeros({2}, at::kHalf);
  EXPECT_THROW(toBytes(file), c10::Error);
}

}  // namespace
}  // namespace fer::nn
