#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/vision/detector.hpp"
#include "support/temp_folder.hpp"

namespace fer::vision {
namespace {

using namespace fer::test;
using testing::HasSubstr;

/// Without YuNet's file where it is looked for; what the environment says is put back.
class Detectors : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"FER_YUNET", "FER_CONFIGS"})
      if (const char* value = std::getenv(name)) kept_.emplace_back(name, value);
    name("");
    ::setenv("FER_CONFIGS", (folder_ / "configs").c_str(), 1);
  }
  void TearDown() override {
    for (const char* name : {"FER_YUNET", "FER_CONFIGS"}) ::unsetenv(name);
    for (const auto& [name, value] : kept_) ::setenv(name.c_str(), value.c_str(), 1);
  }

  static void name(const std::filesystem::path& yunet) { ::setenv("FER_YUNET", yunet.c_str(), 1); }

  static void expectError(const DetectorOptions& options, Fault fault, const std::string& message) {
    try {
      makeDetector(options);
      ADD_FAILURE() << message;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), fault) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(message));
    }
  }

  TempFolder folder_;
  std::vector<std::pair<std::string, std::string>> kept_;
};

TEST_F(Detectors, HaarIsTakenWithoutYunet) {
  EXPECT_EQ(makeDetector({})->name(), "haar");
}

TEST_F(Detectors, AFileSaysWhichDetectorItIsOf) {
  const std::filesystem::path cascade = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml";
  EXPECT_EQ(makeDetector({.file = cascade})->name(), "haar");
  std::ofstream(folder_ / "other.onnx") << "no network";
  expectError({.file = folder_ / "other.onnx"}, Fault::kData, "other.onnx: not YuNet");
}

TEST_F(Detectors, YunetIsLookedForAmongTheProjectsModels) {
  expectError({.name = "yunet"}, Fault::kData, "tools/get-detector");
  std::filesystem::create_directories(folder_ / "data/models");
  std::ofstream(folder_ / "data/models/face_detection_yunet_2023mar.onnx") << "no network";
  expectError({}, Fault::kData, "data/models/face_detection_yunet_2023mar.onnx: not YuNet");
}

TEST_F(Detectors, AFileThatTheEnvironmentNamesMustBeThere) {
  name(folder_ / "absent.onnx");
  expectError({}, Fault::kData, "absent.onnx");
}

TEST_F(Detectors, WrongOptionsAreRefused) {
  expectError({.name = "dlib"}, Fault::kUsage, "unknown detector \"dlib\": expected one of auto, haar, yunet");
  expectError({.name = "haar", .min_score = 0.5F}, Fault::kUsage, "gives no scores");
  name(folder_ / "absent.onnx");
  for (const float score : {-0.1F, 1.5F, std::numeric_limits<float>::quiet_NaN()})
    expectError({.name = "yunet", .min_score = score}, Fault::kUsage, "from 0 to 1");
}

TEST_F(Detectors, OtherPicturesAreRefused) {
  const auto haar = makeDetector({.name = "haar"});
  EXPECT_THROW(haar->detect({}), std::invalid_argument);
  EXPECT_THROW(haar->detect(cv::Mat(40, 40, CV_16UC1)), std::invalid_argument);
}

}  // namespace
}  // namespace fer::vision
