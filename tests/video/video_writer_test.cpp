#include "fer/video/video_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "fer/core/files/files.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"
#include "video/clips.hpp"
#include "video/libav.hpp"

namespace fer::video {
namespace {

using ::testing::HasSubstr;

void copyPictures(const std::vector<Frame>& frames, VideoWriter& writer) {
  for (const Frame& frame : frames) writer.write(frame.picture(), frame.time_s);
  writer.finish();
}

/// Presentation times of a file's sound, in seconds.
std::vector<double> soundTimes(const std::string& file) {
  AVFormatContext* opened = nullptr;
  if (avformat_open_input(&opened, file.c_str(), nullptr, nullptr) < 0) return {};
  const Input input(opened);
  avformat_find_stream_info(opened, nullptr);
  const int index = av_find_best_stream(opened, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  const Packet packet = makePacket();
  std::vector<double> times;
  while (index >= 0 && av_read_frame(opened, packet.get()) == 0) {
    if (packet->stream_index == index)
      times.push_back(static_cast<double>(packet->pts) * av_q2d(opened->streams[index]->time_base));
    av_packet_unref(packet.get());
  }
  return times;
}

TEST(VideoWriter, KeepsTimesAndPictures) {
  const test::TempFolder folder;
  for (const char* clip : {"variable_rate.mp4", "fps_120.mp4", "rotated.mp4", "b_frames.mp4"}) {
    for (const char* ending : {".mp4", ".mov", ".mkv"}) {
      const std::string file = (folder / (std::string("copy") + ending)).string();
      const std::vector<Frame> frames = test::allFrames(test::clip(clip));
      VideoWriter writer(file, frames.front().size(), {});
      copyPictures(frames, writer);
      const std::vector<Frame> copies = test::allFrames(file);
      ASSERT_EQ(copies.size(), frames.size()) << clip << ending;
      for (std::size_t i = 0; i < frames.size(); ++i) {
        EXPECT_NEAR(copies[i].time_s, frames[i].time_s, 1e-3) << clip << ending << " frame " << i;
        cv::Mat small;
        cv::Mat copy;
        cv::resize(frames[i].picture(), small, {16, 12}, 0, 0, cv::INTER_AREA);
        cv::resize(copies[i].picture(), copy, {16, 12}, 0, 0, cv::INTER_AREA);
        EXPECT_LT(cv::norm(small, copy, cv::NORM_L1) / 16 / 12 / 3, 12) << clip << ending << " frame " << i;
      }
    }
  }
}

TEST(VideoWriter, CopiesTheSound) {
  const test::TempFolder folder;
  const std::string from = test::clip("b_frames.mp4");
  const std::string file = (folder / "copy.mp4").string();
  VideoWriter writer(file, {64, 48}, {.sound_of = from});
  copyPictures(test::allFrames(from), writer);
  EXPECT_EQ(writer.soundFault(), "");
  const std::vector<double> expected = soundTimes(from);
  const std::vector<double> found = soundTimes(file);
  ASSERT_GT(expected.size(), 10U);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-3);
}

TEST(VideoWriter, LeavesAnOddLineOut) {
  const test::TempFolder folder;
  const std::string file = (folder / "odd.mp4").string();
  VideoWriter writer(file, {65, 49}, {});
  writer.write(cv::Mat(49, 65, CV_8UC3, cv::Scalar(0, 0, 255)), 0);
  writer.finish();
  EXPECT_EQ(test::allFrames(file).front().size(), cv::Size(64, 48));
}

TEST(VideoWriter, AppearsWhenItIsWhole) {
  const test::TempFolder folder;
  const std::filesystem::path file = folder / "x.mp4";
  writeFile(file, "old");
  {
    VideoWriter writer(file, {64, 48}, {});
    writer.write(cv::Mat::zeros(48, 64, CV_8UC3), 0);
    EXPECT_EQ(readFile(file, Fault::kOther), "old");
  }
  EXPECT_EQ(readFile(file, Fault::kOther), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(VideoWriter, RefusesOtherContainersAndAbsentFolders) {
  const test::TempFolder folder;
  EXPECT_THAT(test::errorOf(Fault::kUsage,
                            [&] {
                              VideoWriter(folder / "x.avi", {64, 48}, {});
                            }),
              HasSubstr("x.avi: a video is written as .mp4, .mov or .mkv."));
  EXPECT_THAT(test::errorOf(Fault::kOther,
                            [&] {
                              VideoWriter(folder / "absent" / "x.mp4", {64, 48}, {});
                            }),
              HasSubstr("x.mp4: cannot write: No such file or directory"));
}

}  // namespace
}  // namespace fer::video
