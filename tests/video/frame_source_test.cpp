#include "fer/video/frame_source.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

#include "fer/core/files/files.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"
#include "video/clips.hpp"

namespace fer::video {
namespace {

using ::testing::HasSubstr;

void expectColour(const cv::Mat& picture, cv::Point where, const nlohmann::json& rgb, const std::string& what) {
  constexpr double kRounding = 6;  // another decoder's matrices
  const auto& found = picture.at<cv::Vec3b>(where);
  for (int channel = 0; channel < 3; ++channel)
    EXPECT_NEAR(found[2 - channel], rgb.at(static_cast<std::size_t>(channel)).get<int>(), kRounding) << what << where;
}

TEST(FrameSource, GivesTheFramesThatFfprobeCountsAtTheirTimes) {
  const nlohmann::json clips = test::clipFrames();
  for (const auto& [name, expected] : clips.items()) {
    const std::vector<Frame> frames = test::allFrames(test::clip(name));
    const auto& times = expected.at("times");
    ASSERT_EQ(frames.size(), times.size()) << name;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_EQ(frames[i].index, static_cast<std::int64_t>(i)) << name;
      const double time = times[i].is_null() ? static_cast<double>(i) / 25 : times[i].get<double>();
      EXPECT_NEAR(frames[i].time_s, time, 1e-6) << name << " frame " << i;
    }
    EXPECT_EQ(frames.front().size(), cv::Size(expected.at("size")[0], expected.at("size")[1])) << name;
  }
}

TEST(FrameSource, ShowsPicturesUprightAndInTheirColours) {
  const nlohmann::json clips = test::clipFrames();
  for (const auto& [name, expected] : clips.items()) {
    const cv::Mat picture = openVideo(test::clip(name), {})->next()->picture();
    ASSERT_EQ(picture.type(), CV_8UC3);
    const cv::Point last(picture.cols - 5, picture.rows - 5);
    const std::vector<cv::Point> corners{{4, 4}, {last.x, 4}, {4, last.y}, last};
    for (std::size_t i = 0; i < corners.size(); ++i)
      expectColour(picture, corners[i], expected.at("corners").at(i), name + " corner " + std::to_string(i));
  }
}

TEST(FrameSource, GivesTheSameFramesHoweverManyThreadsDecode) {
  const std::vector<Frame> one = test::allFrames(test::clip("b_frames.mp4"));
  const std::vector<Frame> four = test::allFrames(*openVideo(test::clip("b_frames.mp4"), {.threads = 4}));
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].time_s, four[i].time_s);
    EXPECT_EQ(cv::norm(one[i].picture(), four[i].picture(), cv::NORM_INF), 0);
  }
}

TEST(FrameSource, SaysWhatAFileIs) {
  const auto source = openVideo(test::clip("b_frames.mp4"), {});
  EXPECT_DOUBLE_EQ(source->info().fps, 25);
  EXPECT_NEAR(source->info().duration_s.value(), 1, 0.1);
  EXPECT_FALSE(source->info().is_live);
  EXPECT_EQ(openVideo(test::clip("rotated.mp4"), {})->info().size, cv::Size(50, 66));
}

TEST(FrameSource, GivesWhatAFileThatWasCutStillHolds) {
  const std::string whole = readFile(test::clip("late_start.ts"), Fault::kData);
  const test::TempFolder folder;
  std::size_t frames = 26;
  for (std::size_t tenth = 10; tenth > 0; --tenth) {
    const std::filesystem::path cut = folder / "cut.ts";
    writeFile(cut, whole.substr(0, whole.size() * tenth / 10));
    const std::size_t found = test::allFrames(cut.string()).size();
    EXPECT_LT(found, frames) << tenth;
    frames = found + 1;  // never more than before
  }
  EXPECT_LT(frames, 10U);
}

TEST(FrameSource, SurvivesDamagedBytes) {
  const std::string whole = readFile(test::clip("mjpeg.avi"), Fault::kData);
  const test::TempFolder folder;
  const std::filesystem::path damaged = folder / "damaged.avi";
  for (std::size_t step = 37; step < 2000; step += 190) {
    std::string bytes = whole;
    for (std::size_t at = 4000; at < bytes.size(); at += step) bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    writeFile(damaged, bytes);
    try {
      double last = -1;
      for (const Frame& frame : test::allFrames(damaged.string())) {
        EXPECT_GT(frame.time_s, last);
        last = frame.time_s;
        EXPECT_FALSE(frame.picture().empty());
      }
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData) << error.what();
    }
  }
}

TEST(FrameSource, RefusesWhatIsNoVideo) {
  const test::TempFolder folder;
  const std::string text = (folder / "notes.mp4").string();
  const std::string empty = (folder / "empty.mp4").string();
  writeFile(text, "no video at all\n");
  writeFile(empty, "");
  const struct {
    std::string name;
    const char* message;
  } cases[] = {
      {text, "notes.mp4: cannot be opened as a video: Invalid data"},
      {empty, "empty.mp4: cannot be opened as a video: "},
      {(folder / "absent.mp4").string(), "absent.mp4: cannot be opened as a video: No such file"},
      {folder.path().string(), ": cannot be opened as a video: Is a directory"},
      {test::clip("sound_only.m4a"), "sound_only.m4a: holds no video."},
  };
  for (const auto& c : cases)
    EXPECT_THAT(test::errorOf(Fault::kData, [&] { openVideo(c.name, {}); }), HasSubstr(c.message));
}

TEST(FrameSource, ReadsFilesWhoseNamesLookLikeSomethingElse) {
  const test::TempFolder folder;
  for (const char* name : {"a:b.mp4", "100%d.mp4", "with space.mp4", "-x.mp4"}) {
    std::filesystem::copy_file(test::clip("b_frames.mp4"), folder / name);
    EXPECT_EQ(test::allFrames((folder / name).string()).size(), 25U) << name;
  }
}

TEST(FrameSource, TellsAddressesFromFiles) {
  for (const char* name : {"rtsp://host/a", "http://127.0.0.1:80/x.mjpg", "rtmp+t://h"}) EXPECT_TRUE(isAddress(name));
  for (const char* name : {"lesson.mp4", "://x", "a/b://c", "/dev/video0", ""}) EXPECT_FALSE(isAddress(name)) << name;
}

TEST(FrameSource, ShowsNoPassword) {
  const char* const cases[][2] = {
      {"rtsp://me:secret@cam/1", "rtsp://cam/1"},     {"rtsp://me:p@ss@cam:554", "rtsp://cam:554"},
      {"http://cam/a@b", "http://cam/a@b"},           {"rtsp://cam?user=x@y", "rtsp://cam?user=x@y"},
      {"me:secret@cam/1.mp4", "me:secret@cam/1.mp4"},
  };
  for (const auto& [name, shown] : cases) EXPECT_EQ(shownName(name), shown);
  EXPECT_THAT(test::errorOf(Fault::kData, [] { openVideo("http://me:secret@127.0.0.1:1/x", {}); }),
              ::testing::Not(HasSubstr("secret")));
}

/// A port of this machine that takes connections and says nothing.
class SilentPort {
 public:
  SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&place), size) != 0 || ::listen(socket_, 4) != 0 ||
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&place), &size) != 0)
      throw std::runtime_error("no port to listen on");
    port_ = ntohs(place.sin_port);
  }
  ~SilentPort() { ::close(socket_); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/video.mjpg"; }

 private:
  int socket_;
  int port_ = 0;
};

TEST(FrameSource, GivesUpASilentNetworkSourceAfterItsTime) {
  const SilentPort port;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(test::errorOf(Fault::kData, [&] { openVideo(port.address(), {.timeout_s = 0.3}); }),
              HasSubstr("nothing came for 0.3 s"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(FrameSource, StopsWaitingWhenItIsTold) {
  const SilentPort port;
  const SourceOptions options{.timeout_s = 60, .stop = [] { return true; }};
  const auto start = std::chrono::steady_clock::now();
  test::errorOf(Fault::kData, [&] { openVideo(port.address(), options); });
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(FrameSource, SaysThatNobodyAnswers) {
  EXPECT_THAT(test::errorOf(Fault::kData, [] { openVideo("http://127.0.0.1:1/x", {}); }),
              HasSubstr("http://127.0.0.1:1/x: cannot be opened as a video: Connection refused."));
}

}  // namespace
}  // namespace fer::video
