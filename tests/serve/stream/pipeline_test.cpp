#include "fer/serve/stream/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fer/core/config/shipped_model.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/drawn_video.hpp"
#include "support/error_of.hpp"
#include "support/temp_folder.hpp"

namespace fer::serve {
namespace {

using ::testing::HasSubstr;

PipelineOptions haarOptions() {
  PipelineOptions options;
  options.detector.name = "haar";
  options.threads = 2;
  return options;
}

/// What a pipeline made of its sources.
struct Seen {
  std::vector<std::vector<AnalysedFrame>> frames;  ///< of each source
  std::vector<std::vector<StreamState>> states;    ///< of each source
  std::vector<std::string> reasons;
  std::vector<StreamCounts> counts;
};

Seen seenOf(const std::vector<StreamSource>& sources, const PipelineOptions& options,
            const std::vector<Pipeline::Part>& parts = {}, const std::function<bool(const Seen&)>& stop = {}) {
  Pipeline pipeline(sources, shippedModel("small.onnx"), {"opencv", 1}, options);
  Seen seen;
  seen.frames.resize(sources.size());
  seen.states.resize(sources.size());
  Pipeline::Listener listener;
  listener.take = [&](AnalysedFrame&& frame) { seen.frames[frame.result.source].push_back(std::move(frame)); };
  listener.changed = [&](std::size_t source, StreamState state, const std::string& why) {
    seen.states[source].push_back(state);
    if (!why.empty()) seen.reasons.push_back(why);
  };
  pipeline.run(
      listener, [&] { return stop && stop(seen); }, parts);
  seen.counts = pipeline.counts();
  return seen;
}

void expectEqual(const FrameResult& one, const FrameResult& other) {
  EXPECT_EQ(one.frame, other.frame);
  EXPECT_EQ(one.time_s, other.time_s);
  ASSERT_EQ(one.faces.size(), other.faces.size()) << one.frame;
  for (std::size_t i = 0; i < one.faces.size(); ++i) {
    EXPECT_EQ(one.faces[i].track, other.faces[i].track);
    EXPECT_EQ(one.faces[i].box, other.faces[i].box);
    EXPECT_EQ(one.faces[i].probabilities, other.faces[i].probabilities);
    EXPECT_EQ(one.faces[i].smoothed, other.faces[i].smoothed);
    EXPECT_EQ(one.faces[i].label, other.faces[i].label);
    EXPECT_EQ(one.faces[i].dark, other.faces[i].dark);
    EXPECT_EQ(one.faces[i].blurred, other.faces[i].blurred);
  }
}

class Pipelines : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<test::TempFolder>();
    test::writeDrawnVideo(*folder_ / "two.mp4", {});
    test::writeDrawnVideo(*folder_ / "one.mp4", {.frames = 17, .faces = 1});
    test::writeDrawnVideo(*folder_ / "none.mp4", {.frames = 5, .faces = 0});
  }
  static void TearDownTestSuite() { folder_.reset(); }
  static StreamSource clip(const char* name) { return fileOrAddress((*folder_ / name).string()); }

  static std::unique_ptr<test::TempFolder> folder_;
};
std::unique_ptr<test::TempFolder> Pipelines::folder_;

TEST_F(Pipelines, GiveAResultForEveryFrameOfEveryFile) {
  const Seen seen = seenOf({clip("two.mp4"), clip("one.mp4"), clip("none.mp4")}, haarOptions());
  const std::size_t expected[] = {30, 17, 5};
  for (std::size_t source = 0; source < 3; ++source) {
    ASSERT_EQ(seen.frames[source].size(), expected[source]);
    for (std::size_t i = 0; i < expected[source]; ++i) {
      EXPECT_EQ(seen.frames[source][i].result.frame, static_cast<std::int64_t>(i));
      EXPECT_NEAR(seen.frames[source][i].result.time_s, static_cast<double>(i) / 10, 1e-4);
    }
    EXPECT_EQ(seen.states[source].back(), StreamState::kEnded);
    EXPECT_EQ(seen.counts[source].analysed, static_cast<std::int64_t>(expected[source]));
    EXPECT_EQ(seen.counts[source].replaced, 0);
  }
  for (const AnalysedFrame& frame : seen.frames[2]) EXPECT_TRUE(frame.result.faces.empty());
}

TEST_F(Pipelines, FollowAndClassifyFaces) {
  const Seen seen = seenOf({clip("two.mp4")}, haarOptions());
  std::set<int> tracks;
  for (const AnalysedFrame& frame : seen.frames[0]) {
    ASSERT_EQ(frame.result.faces.size(), 2U) << frame.result.frame;
    for (const FaceResult& face : frame.result.faces) {
      tracks.insert(face.track);
      EXPECT_EQ(face.smoothed.size(), 7U);
      EXPECT_GE(face.label, 0);
      EXPECT_EQ(face.box & cv::Rect({0, 0}, frame.result.size), face.box);
    }
  }
  EXPECT_EQ(tracks, (std::set<int>{1, 2}));
}

TEST_F(Pipelines, LookForAndClassifyFacesAsOftenAsTheyAreTold) {
  PipelineOptions options = haarOptions();
  options.detections_per_second = 5;
  options.classifications_per_second = 2;
  const Seen seen = seenOf({clip("two.mp4")}, options);
  EXPECT_EQ(seen.counts[0].detections, 15);  // of 30 frames, 3 seconds
  EXPECT_EQ(seen.counts[0].classified, 2 * 6);
  for (const AnalysedFrame& frame : seen.frames[0]) EXPECT_EQ(frame.result.faces.size(), 2U);
}

TEST_F(Pipelines, SayTheSameWhateverTheThreads) {
  PipelineOptions options = haarOptions();
  options.threads = 1;
  const Seen one = seenOf({clip("two.mp4"), clip("one.mp4")}, options);
  options.threads = 4;
  const Seen four = seenOf({clip("two.mp4"), clip("one.mp4")}, options);
  for (std::size_t source = 0; source < 2; ++source) {
    ASSERT_EQ(one.frames[source].size(), four.frames[source].size());
    for (std::size_t i = 0; i < one.frames[source].size(); ++i)
      expectEqual(one.frames[source][i].result, four.frames[source][i].result);
  }
}

TEST_F(Pipelines, GoOnBehindAnyFrameToTheSameResults) {
  PipelineOptions options = haarOptions();
  options.state_period_s = 1e-9;
  options.detections_per_second = 3;
  options.classifications_per_second = 4;
  const Seen whole = seenOf({clip("two.mp4")}, options);
  for (const std::size_t cut : {0, 1, 7, 16, 29}) {
    const AnalysedFrame& last = whole.frames[0][cut];
    ASSERT_TRUE(last.state);
    const nlohmann::json state = nlohmann::json::parse(last.state->dump());
    const Seen rest = seenOf({clip("two.mp4")}, options, {{last.result.frame + 1, state}});
    ASSERT_EQ(rest.frames[0].size(), whole.frames[0].size() - cut - 1);
    for (std::size_t i = 0; i < rest.frames[0].size(); ++i)
      expectEqual(rest.frames[0][i].result, whole.frames[0][cut + 1 + i].result);
  }
}

TEST_F(Pipelines, GoOnWithTheOtherSourcesWhereOneFails) {
  writeFile(*folder_ / "broken.mp4", "no video");
  const Seen seen = seenOf({clip("broken.mp4"), clip("one.mp4"), clip("absent.mp4")}, haarOptions());
  EXPECT_EQ(seen.states[0].back(), StreamState::kFailed);
  EXPECT_EQ(seen.states[2].back(), StreamState::kFailed);
  EXPECT_EQ(seen.frames[1].size(), 17U);
  EXPECT_THAT(seen.reasons, ::testing::Contains(HasSubstr("broken.mp4: cannot be opened as a video")));
}

TEST_F(Pipelines, PlayAFileAsALiveSourceAtItsOwnSpeed) {
  const auto start = std::chrono::steady_clock::now();
  const Seen seen = seenOf({playedAgain((*folder_ / "one.mp4").string(), "cam")}, haarOptions(), {},
                           [](const Seen& so_far) { return so_far.frames[0].size() >= 22; });
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  EXPECT_GE(passed.count(), 2.0);  // 22 frames of a tenth of a second, past the file's end
  double last = -1;
  for (const AnalysedFrame& frame : seen.frames[0]) {
    EXPECT_GT(frame.result.time_s, last);
    last = frame.result.time_s;
  }
  EXPECT_GT(seen.counts[0].latency_p50_s, 0);
}

TEST_F(Pipelines, EndWithWhatTheListenerThrows) {
  Pipeline pipeline({clip("two.mp4"), clip("one.mp4")}, shippedModel("small.onnx"), {"opencv", 1}, haarOptions());
  Pipeline::Listener listener;
  int taken = 0;
  listener.take = [&](AnalysedFrame&&) {
    if (++taken == 4) throw Error(Fault::kOther, "the disk is full");
  };
  EXPECT_EQ(test::errorOf(Fault::kOther, [&] { pipeline.run(listener, [] { return false; }); }), "the disk is full");
  EXPECT_EQ(taken, 4);
}

TEST_F(Pipelines, RefuseAModelOrADetectorThatIsNotThere) {
  EXPECT_THAT(test::errorOf(Fault::kData, [] { Pipeline({clip("one.mp4")}, "absent.onnx", {}, haarOptions()); }),
              HasSubstr("absent.onnx"));
  PipelineOptions options = haarOptions();
  options.detector.name = "nothing";
  EXPECT_THAT(
      test::errorOf(Fault::kUsage, [&] { Pipeline({clip("one.mp4")}, shippedModel("small.onnx"), {}, options); }),
      HasSubstr("nothing"));
}

}  // namespace
}  // namespace fer::serve
