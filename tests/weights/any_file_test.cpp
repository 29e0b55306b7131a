#include "fer/weights/any_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fer/core/error.hpp"
#include "fer/weights/safetensors.hpp"
#include "fer/weights/torch_file.hpp"
#include "support/temp_folder.hpp"
#include "support/tensor_values.hpp"

namespace fer::weights {
namespace {

using test::tensorOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Names = std::vector<std::string>;

NamedTensors named(const Names& names) {
  NamedTensors content;
  for (const std::string& name : names) content.tensors[name] = tensorOf<float>({1}, {1.5F});
  return content;
}

Names namesOf(const NamedTensors& content) {
  Names names;
  for (const auto& [name, tensor] : content.tensors) names.push_back(name);
  return names;
}

TEST(AnyFile, TakesOffWhatWrappersPutBeforeEveryName) {
  const struct {
    Names names;
    Names expected;
    std::size_t notes;
  } cases[] = {
      {{"module.conv.weight", "module.fc.bias"}, {"conv.weight", "fc.bias"}, 1},
      {{"_orig_mod.conv.weight"}, {"conv.weight"}, 1},
      {{"module._orig_mod.a", "module._orig_mod.b"}, {"a", "b"}, 2},
      {{"_orig_mod.module.a"}, {"a"}, 2},
      {{"model.a", "model.b"}, {"a", "b"}, 1},
      {{"module.a", "b"}, {"b", "module.a"}, 0},
      {{"module.", "module.a"}, {"module.", "module.a"}, 0},
      {{"modules.a"}, {"modules.a"}, 0},
      {{}, {}, 0},
  };
  const test::TempFolder folder;
  for (const auto& c : cases) {
    writeSafetensors(folder / "f", named(c.names));
    const NamedTensors content = readAnyFile(folder / "f");
    EXPECT_EQ(namesOf(content), c.expected);
    EXPECT_EQ(content.notes.size(), c.notes) << c.expected.size();
  }
  writeSafetensors(folder / "f", named({"module.a"}));
  EXPECT_THAT(readAnyFile(folder / "f").notes, ElementsAre("took the prefix \"module.\" off every name"));
}

TEST(AnyFile, IsToldByItsContent) {
  const test::TempFolder folder;
  writeSafetensors(folder / "a.pth", named({"w"}));
  EXPECT_EQ(namesOf(readAnyFile(folder / "a.pth")), Names{"w"});
  EXPECT_THAT(readAnyFile(folder / "a.pth").notes, IsEmpty());
  const std::filesystem::path torch = std::filesystem::path(FER_FIXTURES) / "torch_files" / "legacy.pth";
  std::filesystem::copy_file(torch, folder / "b.safetensors");
  EXPECT_EQ(readAnyFile(folder / "b.safetensors").tensors.size(), 7U);
}

/// Where the content is of neither format, the name says which one was meant.
TEST(AnyFile, SaysWhatIsWrongWithTheFormatThatWasMeant) {
  const struct {
    const char* name;
    const char* message;
  } cases[] = {
      {"x.safetensors", "not a valid safetensors file"},
      {"x.pth", "neither a zip file nor a pickle"},
  };
  const test::TempFolder folder;
  for (const auto& c : cases) {
    std::ofstream(folder / c.name) << "hello, whoever reads this";
    try {
      readAnyFile(folder / c.name);
      ADD_FAILURE() << c.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(c.message));
    }
  }
}

TEST(AnyFile, ReadsParallelNetworksOfPyTorch) {
  const std::filesystem::path files = std::filesystem::path(FER_FIXTURES) / "torch_files";
  const NamedTensors plain = readTorchFile(files / "legacy.pth");
  const NamedTensors parallel = readAnyFile(files / "parallel.pth");
  ASSERT_EQ(namesOf(parallel), namesOf(plain));
  for (const auto& [name, tensor] : plain.tensors) EXPECT_TRUE(test::same(parallel.tensors.at(name), tensor)) << name;
}

}  // namespace
}  // namespace fer::weights
