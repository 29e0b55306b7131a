// What a training starts from, and weights that leave again, with the real commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fer/weights/safetensors.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// small.json's images are too small for the transfer networks: they enlarge them.
std::vector<std::string> vgg16(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = oneEpoch({"--set", "model.name=vgg16", "--set", "model.input.height=32", "--set",
                                                 "model.input.width=32", "--set", "model.frozen=[\"features\"]"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(FerTrainWeights, AFrozenBodyWantsWeights) {
  const SmallProject project;
  std::ofstream(project / "page.pth") << "<!DOCTYPE html><html>404</html>";
  struct Case {
    std::vector<std::string> more;
    int code;
    const char* message;
  };
  const Case cases[] = {
      {{}, 2, "vgg16 keeps layers of its body frozen"},
      {{"--weights", "none.pth"}, 3, "none.pth"},
      {{"--weights", "page.pth"}, 3, "page.pth: "},
      {{"--weights", "faces.csv"}, 3, "faces.csv: "},
      {{"--weights", "."}, 3, "directory"},
      {{"--init", "none"}, 3, "none"},
      {{"--init", "."}, 2, "config.json"},
      {{"--init", "a", "--weights", "b"}, 2, "from one of them"},
      {{"--weights", "random", "--set", "model.frozen=[\"features.1\"]"}, 2, "no layer \"features.1\""},
      {{"--weights", "random", "--set", "train.unfreeze=[\"features.0\"]"}, 2, "expected LAYER:NUMBER"},
      {{"--weights", "random", "--set", "model.input.mean=[0.5]", "--set", "model.input.std=[0.5]"}, 2, "3 channels"},
  };
  for (const Case& item : cases) {
    const CommandResult result = project.run("fer-train", vgg16(item.more));
    EXPECT_EQ(result.code, item.code) << item.message << "\n" << result.err;
    EXPECT_THAT(result.err, AllOf(StartsWith("fer-train: "), HasSubstr(item.message)));
    EXPECT_FALSE(std::filesystem::exists(project / "experiments")) << item.message;
  }
  const CommandResult generic = project.run("fer-train", oneEpoch({"--weights", "w.pth"}));
  EXPECT_EQ(generic.code, 2);
  EXPECT_THAT(generic.err, HasSubstr("no pretrained weights for generic"));
}

TEST(FerTrainWeights, AFrozenBodyStaysAsItIsAndIsEvaluated) {
  const SmallProject project;
  const CommandResult trained = project.run("fer-train", vgg16({"--weights", "random", "--out", "run"}));
  ASSERT_EQ(trained.code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("what is frozen stays random"));
  EXPECT_EQ(project.run("fer-eval", {"--run", "run"}).code, 0);
}

TEST(FerTrainWeights, AnotherRunsWeightsAreAStartAndWhatIsDrawnAnewIsSaid) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", oneEpoch({"--out", "first"})).code, 0);
  const CommandResult second = project.run("fer-train", oneEpoch({"--out", "second", "--init", "first"}));
  ASSERT_EQ(second.code, 0) << second.err;
  EXPECT_THAT(second.out, AllOf(HasSubstr("weights from first"), HasSubstr("copied 38 tensors")));
  const CommandResult other = project.run(
      "fer-train",
      oneEpoch({"--out", "third", "--init", "first/checkpoints/last.safetensors", "--set", "model.name=vgg_block"}));
  ASSERT_EQ(other.code, 0) << other.err;
  EXPECT_THAT(other.out, HasSubstr("drawn anew"));
}

TEST(FerExport, WeightsOfHalfTheSizeAreAStartAndATeacher) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", oneEpoch({"--out", "run"})).code, 0);
  const auto exported = [&](const std::string& format, const std::string& out, std::vector<std::string> more) {
    more.insert(more.begin(), {"--run", "run", "--format", format, "--out", out});
    EXPECT_EQ(project.run("fer-export", more).code, 0) << out;
    return static_cast<double>(std::filesystem::file_size(project / out));
  };
  for (const char* format : {"safetensors", "torch"}) {
    const std::string half = std::string("half.") + format;
    EXPECT_NEAR(exported(format, half, {"--half"}) / exported(format, std::string("whole.") + format, {}), 0.5, 0.05);
    const CommandResult begun = project.run("fer-train", oneEpoch({"--out", half + ".run", "--init", half}));
    EXPECT_THAT(begun.out, AllOf(HasSubstr("copied 38 tensors"), HasSubstr("float16 tensors as float32"))) << begun.err;
  }
  const CommandResult taught = project.run(
      "fer-train", oneEpoch({"--out", "student", "--set", R"(train.distill.teachers=["half.safetensors"])"}));
  EXPECT_EQ(taught.code, 0) << taught.err;
}

TEST(FerExport, AKernelThatIsTooLargeForHalfTheSizeIsNamed) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", oneEpoch({"--out", "run"})).code, 0);
  const std::filesystem::path last = project / "run/checkpoints/last.safetensors";
  const weights::NamedTensors content = weights::readSafetensors(last);
  *reinterpret_cast<float*>(content.tensors.at("conv1.weight").bytes.data()) = -70000;
  weights::writeSafetensors(last, content);
  const std::vector<std::string> words{"--run", "run", "--checkpoint", "last", "--out", "half.safetensors"};
  EXPECT_EQ(project.run("fer-export", words).code, 0);
  std::filesystem::remove(project / "half.safetensors");
  std::vector<std::string> half = words;
  half.emplace_back("--half");
  const CommandResult refused = project.run("fer-export", half);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--half: conv1.weight has numbers beyond 65,504"));
  EXPECT_FALSE(std::filesystem::exists(project / "half.safetensors"));
}

TEST(FerExport, WritesEveryFormatWholeOrNot) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", oneEpoch({"--out", "run"})).code, 0);
  for (const char* format : {"safetensors", "torch", "onnx"}) {
    const CommandResult result = project.run("fer-export", {"--run", "run", "--format", format});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("38 tensors"));
  }
  EXPECT_TRUE(std::filesystem::exists(project / "run.pth"));
  EXPECT_TRUE(std::filesystem::exists(project / "run.onnx"));
  for (const char* file : {"run.safetensors", "run.pth"}) {
    const CommandResult again =
        project.run("fer-train", oneEpoch({"--out", std::string(file) + ".run", "--init", file}));
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_THAT(again.out, HasSubstr("copied 38 tensors"));
  }
  struct Case {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  };
  const Case cases[] = {
      {{}, 2, "give --run"},
      {{"--run", "none"}, 2, "none"},
      {{"--run", "run", "--format", "onnx2"}, 2, "expected one of safetensors, torch, onnx"},
      {{"--run", "run", "--checkpoint", "first"}, 2, "expected one of best, last, final"},
      {{"--run", "run", "--out", "/dev/full"}, 1, "/dev/full"},
      {{"--run", "run", "--format", "torch", "--out", "/dev/full"}, 1, "/dev/full"},
      {{"--run", "run", "--format", "onnx", "--out", "/dev/full"}, 1, "/dev/full"},
      {{"--run", "run", "--out", "no/such/folder/w"}, 1, "no/such/folder/w"},
  };
  for (const Case& item : cases) {
    const CommandResult result = project.run("fer-export", item.arguments);
    EXPECT_EQ(result.code, item.code) << item.message << "\n" << result.err;
    EXPECT_THAT(result.err, AllOf(StartsWith("fer-export: "), HasSubstr(item.message)));
  }
}

}  // namespace
}  // namespace fer::test
