#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "support/drawn_pictures.hpp"
#include "support/exported_model.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The program of a bundle, unpacked below `unpacked`, with a small model and what it is told to take for a cascade.
class Bundle : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* part : {"unpacked/bin", "unpacked/share/fer/models", "elsewhere"})
      fs::create_directories(folder_ / part);
    fs::copy_file(FER_BIN "/fer-bundled", folder_ / "unpacked/bin/fer-predict");
    write("unpacked/share/fer/models/small.onnx", exportedEveryLayer());
    cv::imwrite((folder_ / "elsewhere/face.png").string(), drawnFace(0));
  }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  CommandResult run(const std::string& program, const std::vector<std::string>& arguments) const {
    return runCommand((folder_ / program).string(), arguments,
                      {.folder = folder_ / "elsewhere", .environment = {{"FER_YUNET", ""}}});
  }

  TempFolder folder_;
};

TEST_F(Bundle, FindsItsModelFromAnyFolderAndByALink) {
  fs::create_symlink("../unpacked/bin/fer-predict", folder_ / "elsewhere/fer-predict");
  for (const char* program : {"unpacked/bin/fer-predict", "elsewhere/fer-predict"}) {
    const CommandResult result = run(program, {"--faces", "face.png", "--json"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("unpacked/share/fer/models/small.onnx")) << program;
  }
}

TEST_F(Bundle, TakesItsOwnDetectors) {
  const struct {
    std::string detector;
    std::string file;
    std::string message;
  } cases[] = {{"haar", "haarcascade_frontalface_default.xml", "not a cascade"},
               {"yunet", "face_detection_yunet_2023mar.onnx", "not YuNet"}};
  for (const auto& c : cases) {
    const std::string file = "unpacked/share/fer/models/" + c.file;
    write(file, "no detector");
    const CommandResult result = run("unpacked/bin/fer-predict", {"--detector", c.detector, "face.png"});
    EXPECT_EQ(result.code, 3);
    EXPECT_THAT(result.err, HasSubstr((folder_ / file).string() + ": " + c.message));
  }
}

TEST_F(Bundle, ByAStrangersNameItNamesThoseThatItKnows) {
  const CommandResult result = runCommand("fer-bundled", {"--help"});
  EXPECT_EQ(result.code, 2);
  EXPECT_TRUE(isOneLine(result.err));
  EXPECT_THAT(result.err, HasSubstr("fer-bundled\". Link it under a name that it knows: fer-predict"));
}

TEST(BundleScripts, SayWhatTheyDoAndRefuseWhatTheyDoNotKnow) {
  for (const std::string name : {"bundle", "container", "static-opencv"}) {
    const std::string script = (fs::path(FER_FIXTURES) / "../../tools" / name).string();
    EXPECT_THAT(runCommand(script, {"--help"}).out, HasSubstr("usage: tools/" + name));
    const CommandResult refused = runCommand(script, {"--fast"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_EQ(refused.err, "tools/" + name + ": unexpected argument \"--fast\". Try --help.\n");
  }
}

}  // namespace
}  // namespace fer::test
