#include <gmock/gmock.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <fstream>
#include <opencv2/imgproc.hpp>

#include "fer/core/error.hpp"
#include "fer/vision/detector.hpp"
#include "support/drawn_pictures.hpp"
#include "support/temp_folder.hpp"
#include "vision/detector_file.hpp"

namespace fer::vision {
namespace {

using namespace fer::test;
using testing::HasSubstr;

std::unique_ptr<Detector> haar() {
  return makeDetector({.name = "haar"});
}

TEST(Haar, FindsEveryFaceTheLargestFirst) {
  const cv::Mat picture = pictureOf({600, 300}, {{3, {20, 40}, 96}, {6, {200, 60}, 200}, {9, {420, 20}, 150}});
  const auto faces = haar()->detect(picture);
  ASSERT_EQ(faces.size(), 3U);
  EXPECT_GT(overlapOf(faces[0].box, {200, 60, 200, 200}), 0.5);
  EXPECT_GT(overlapOf(faces[1].box, {420, 20, 150, 150}), 0.3);
  EXPECT_GT(overlapOf(faces[2].box, {20, 40, 96, 96}), 0.5);
  EXPECT_FALSE(faces[0].score);
  EXPECT_FALSE(faces[0].landmarks);
}

TEST(Haar, SeesGreyPicturesAsColouredOnes) {
  const cv::Mat colour = pictureOf({200, 200}, {{3, {50, 50}, 96}});
  cv::Mat grey;
  cv::cvtColor(colour, grey, cv::COLOR_BGR2GRAY);
  const auto faces = haar()->detect(grey);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_EQ(faces[0].box, haar()->detect(colour).at(0).box);
}

TEST(Haar, InventsNoFace) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(5, 300), cv::Size(23, 23), cv::Size(640, 480)})
    EXPECT_TRUE(haar()->detect(pictureOf(size, {})).empty()) << size;
}

TEST(Haar, PutsBoxesOfALargePictureBackOnIt) {
  const cv::Mat picture = pictureOf({3000, 1500}, {{6, {2000, 400}, 800}});
  const auto faces = haar()->detect(picture);
  ASSERT_FALSE(faces.empty());
  EXPECT_GT(overlapOf(faces[0].box, {2000, 400, 800, 800}), 0.5);
}

TEST(Haar, ReadsItsFileOnce) {
  const TempFolder folder;
  const std::filesystem::path file = folder / "faces.xml";
  std::filesystem::copy_file(haarFile(), file);
  const int watch = ::inotify_init1(IN_NONBLOCK);
  ASSERT_GE(::inotify_add_watch(watch, file.c_str(), IN_OPEN | IN_CLOSE_NOWRITE), 0);
  const auto detector = makeDetector({.name = "haar", .file = file});
  alignas(inotify_event) char events[4096];  // each of a file without a name
  const auto found = ::read(watch, events, sizeof events) / static_cast<ssize_t>(sizeof(inotify_event));
  ::close(watch);
  EXPECT_EQ(found, 2) << "opened and closed";
  EXPECT_EQ(detector->detect(pictureOf({200, 200}, {{3, {50, 50}, 96}})).size(), 1U);
}

TEST(Haar, OtherFilesAreRefused) {
  const TempFolder folder;
  std::ofstream(folder / "text.xml") << "no cascade";
  std::ofstream(folder / "empty.xml") << "<?xml version=\"1.0\"?><opencv_storage></opencv_storage>";
  for (const char* name : {"text.xml", "empty.xml", "absent.xml"}) {
    try {
      makeDetector({.name = "haar", .file = folder / name});
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(name));
    }
  }
}

}  // namespace
}  // namespace fer::vision
