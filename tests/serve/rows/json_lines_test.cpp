#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/serve/rows/writers.hpp"
#include "serve/rows/made_results.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

namespace fer::serve {
namespace {

using fer::test::fileText;
using fer::test::TempFolder;
using test::classifiedFace;
using test::frameOf;
using test::trackedFace;
using test::twoSources;
using testing::HasSubstr;

TEST(JsonLines, HaveAnObjectAFrameAtOnce) {
  const TempFolder folder;
  const auto writer = jsonLinesWriter(folder / "x.jsonl", twoSources());
  FaceResult face = classifiedFace(2, {0.1F, 0.7F, 0.2F});
  face.smoothed = {0.25F, 0.5F, 0.25F};
  face.blurred = true;
  writer->write(frameOf(0, 1, 0.1 + 0.2, {face}));
  EXPECT_EQ(fileText(folder / "x.jsonl"),
            R"({"source":"lesson, 1.mp4","frame":1,"time_s":0.3,"wall_time":"2026-01-02T03:04:05.978Z",)"
            R"("width":640,"height":480,"faces":[{"track":2,"box":{"x":20,"y":20,"w":30,"h":40},"score":0.9,)"
            R"("dominant_emotion":"happy","probabilities":{"angry":0.1,"happy":0.7,"neutral":0.2},)"
            R"("smoothed_emotion":"happy","smoothed":{"angry":0.25,"happy":0.5,"neutral":0.25},)"
            R"("dark":false,"blurred":true}]})"
            "\n");
  writer->write(frameOf(1, 7, 1));
  writer->end();
  EXPECT_THAT(
      fileText(folder / "x.jsonl"),
      HasSubstr("]}\n{\"source\":\"camera 0\",\"frame\":7,\"time_s\":1.0,\"wall_time\":\"2026-01-02T03:04:06.678Z\","
                "\"width\":640,\"height\":480,\"faces\":[]}\n"));
}

TEST(JsonLines, HaveNullForWhatIsNotKnownInAFrame) {
  const TempFolder folder;
  FaceResult fresh;
  fresh.track = 1;
  fresh.box = {1, 2, 3, 4};
  const auto writer = jsonLinesWriter(folder / "x.jsonl", twoSources());
  writer->write(frameOf(0, 0, 0, {fresh, trackedFace(classifiedFace(2, {0.1F, 0.7F, 0.2F}))}));
  const auto faces = nlohmann::json::parse(fileText(folder / "x.jsonl"))["faces"];
  for (const char* key : {"score", "dominant_emotion", "probabilities", "smoothed_emotion", "smoothed"})
    EXPECT_TRUE(faces[0].at(key).is_null()) << key;
  for (const char* key : {"score", "dominant_emotion", "probabilities"}) EXPECT_TRUE(faces[1].at(key).is_null()) << key;
  EXPECT_EQ(faces[1]["smoothed_emotion"], "happy");
}

TEST(JsonLines, GoToTheStandardOutputByTheNameOfADash) {
  testing::internal::CaptureStdout();
  jsonLinesWriter("-", twoSources())->write(frameOf(1, 0, 0));
  EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("{\"source\":\"camera 0\",\"frame\":0,"));
  EXPECT_FALSE(std::filesystem::exists("-"));
}

TEST(JsonLines, AreJsonWhateverTheNameOfAFile) {
  const TempFolder folder;
  ResultSource source = twoSources();
  source.sources = {"a\"b\xff\n.mp4"};
  jsonLinesWriter(folder / "x.jsonl", source)->write(frameOf(0, 0, 0));
  EXPECT_EQ(nlohmann::json::parse(fileText(folder / "x.jsonl"))["source"], "a\"b\xEF\xBF\xBD .mp4");
}

}  // namespace
}  // namespace fer::serve
