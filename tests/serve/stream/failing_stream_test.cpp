// Network streams that die, fall silent and come back another size, served on this machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fer/core/config/shipped_model.hpp"
#include "fer/serve/stream/pipeline.hpp"
#include "support/mjpeg_server.hpp"
#include "support/temp_folder.hpp"

namespace fer::serve {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

PipelineOptions impatient() {
  PipelineOptions options;
  options.detector.name = "haar";
  options.threads = 2;
  options.timeout_s = 4;
  return options;
}

/// The size of each row of frames of one size.
std::vector<cv::Size> sizesIn(const std::vector<FrameResult>& results) {
  std::vector<cv::Size> sizes;
  for (const FrameResult& result : results)
    if (sizes.empty() || sizes.back() != result.size) sizes.push_back(result.size);
  return sizes;
}

/// Whether states came in this order, others between them: a busy machine may stall a stream that is well.
bool comeInOrder(const std::vector<StreamState>& states, const std::vector<StreamState>& wanted) {
  auto at = states.begin();
  for (const StreamState state : wanted) {
    at = std::find(at, states.end(), state);
    if (at == states.end()) return false;
    ++at;
  }
  return true;
}

TEST(FailingStream, ComesBackWithAnotherSizeWhileTheOthersGoOn) {
  const test::DrawnVideo small{.size = {320, 240}, .frames = 8, .fps = 10, .faces = 1};
  const test::DrawnVideo large{.size = {400, 300}, .frames = 8, .fps = 10, .faces = 1};
  test::MjpegServer camera({{small, false}, {large, true}, {small, true}});
  const test::TempFolder folder;
  test::writeDrawnVideo(folder / "other.mp4", {.frames = 30, .faces = 1});

  Pipeline pipeline({fileOrAddress(camera.address()), playedAgain((folder / "other.mp4").string(), "other")},
                    shippedModel("small.onnx"), {"opencv", 1}, impatient());
  std::vector<FrameResult> results;
  std::vector<StreamState> states;
  std::vector<std::string> reasons;
  double longest_gap_of_other = 0;
  double last_of_other = 0;
  Pipeline::Listener listener;
  listener.take = [&](AnalysedFrame&& frame) {
    if (frame.result.source == 0) {
      results.push_back(frame.result);
    } else {
      longest_gap_of_other = std::max(longest_gap_of_other, frame.result.time_s - last_of_other);
      last_of_other = frame.result.time_s;
    }
  };
  listener.changed = [&](std::size_t source, StreamState state, const std::string& why) {
    if (source != 0) return;
    states.push_back(state);
    reasons.push_back(why);
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(40);
  pipeline.run(listener, [&] {
    const bool is_back = camera.visitors() == 3 && !results.empty() && sizesIn(results).size() == 3;
    return is_back || std::chrono::steady_clock::now() > deadline;
  });

  using enum StreamState;
  EXPECT_TRUE(
      comeInOrder(states, {kConnecting, kLive, kDown, kConnecting, kLive, kStalled, kDown, kConnecting, kLive}));
  EXPECT_THAT(reasons, Contains(HasSubstr("the connection was lost: Input/output error. Again in 1 s.")));
  EXPECT_THAT(reasons, Contains(HasSubstr("nothing came for 4 s. Again in 1 s.")));
  EXPECT_THAT(sizesIn(results), ElementsAre(cv::Size(320, 240), cv::Size(400, 300), cv::Size(320, 240)));
  for (std::size_t i = 1; i < results.size(); ++i) {
    EXPECT_GT(results[i].frame, results[i - 1].frame);
    EXPECT_GT(results[i].time_s, results[i - 1].time_s);
  }
  EXPECT_GT(results.back().time_s, 3) << "the time in which it was away passes, too";
  EXPECT_LT(longest_gap_of_other, 4) << "the time for which the silent one was waited for";
  EXPECT_GE(pipeline.counts()[0].failures, 2);
}

TEST(FailingStream, IsTriedAgainWhereNobodyAnswersAtFirst) {
  std::vector<std::string> reasons;
  Pipeline pipeline({fileOrAddress("http://127.0.0.1:1/video.mjpg")}, shippedModel("small.onnx"), {"opencv", 1},
                    impatient());
  Pipeline::Listener listener;
  listener.take = [](AnalysedFrame&&) {};
  listener.changed = [&](std::size_t, StreamState, const std::string& why) {
    if (!why.empty()) reasons.push_back(why);
  };
  pipeline.run(listener, [&] { return reasons.size() >= 2; });
  EXPECT_THAT(reasons.at(0), HasSubstr("Connection refused. Again in 1 s."));
  EXPECT_THAT(reasons.at(1), HasSubstr("Again in "));
}

}  // namespace
}  // namespace fer::serve
