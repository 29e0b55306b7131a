#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <fstream>
#include <future>
#include <limits>

#include "fer/serve/rows/writers.hpp"
#include "serve/rows/made_results.hpp"
#include "support/error_of.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

namespace fer::serve {
namespace {

using fer::test::errorOf;
using fer::test::fileText;
using fer::test::TempFolder;
using test::classifiedFace;
using test::frameOf;
using test::someResults;
using test::twoSources;
using testing::HasSubstr;

constexpr const char* kRowsHeader =
    "source,frame,time_s,wall_time,faces,track,x,y,w,h,score,label,probability,p_angry,p_happy,p_neutral,"
    "smoothed_label,smoothed_probability,dark,blurred\n";

void writeRows(ResultWriter& writer, const std::vector<FrameResult>& results) {
  for (const FrameResult& result : results) writer.write(result);
  writer.end();
}

std::vector<FrameResult> readFrames(const std::filesystem::path& file) {
  std::vector<FrameResult> results;
  readRows(file, twoSources(), [&](const FrameResult& result) { results.push_back(result); });
  return results;
}

TEST(Rows, HaveALineAFaceAndOneForAFrameWithout) {
  const TempFolder folder;
  writeRows(*rowsWriter(folder / "x.csv", twoSources()), someResults());
  EXPECT_EQ(fileText(folder / "x.csv"), std::string(kRowsHeader) +
                                            R"("lesson, 1.mp4",0,0.000000,2026-01-02T03:04:05.678Z,0,,,,,,,,,,,,,,,
"lesson, 1.mp4",1,0.040000,2026-01-02T03:04:05.718Z,2,1,10,20,30,40,0.9,happy,0.7,0.1,0.7,0.2,happy,0.7,0,0
"lesson, 1.mp4",1,0.040000,2026-01-02T03:04:05.718Z,2,2,20,20,30,40,0.9,angry,0.625,0.625,0.25,0.125,angry,0.625,1,0
camera 0,5,12.345678,2026-01-02T03:04:18.023Z,1,3,0,0,1,480,,,,,,,,,0,1
"lesson, 1.mp4",2,0.080000,2026-01-02T03:04:05.758Z,2,1,10,20,30,40,,,,,,,happy,0.7,0,0
"lesson, 1.mp4",2,0.080000,2026-01-02T03:04:05.758Z,2,2,20,20,30,40,,,,,,,angry,0.625,1,0
camera 0,6,12.400000,2026-01-02T03:04:18.078Z,0,,,,,,,,,,,,,,,
"lesson, 1.mp4",3,0.120000,2026-01-02T03:04:05.798Z,3,1,10,20,30,40,0.9,neutral,0.6666667,1e-09,0.33333334,0.6666667,neutral,0.6666667,0,0
"lesson, 1.mp4",3,0.120000,2026-01-02T03:04:05.798Z,3,2,20,20,30,40,0.9,angry,0.625,0.625,0.25,0.125,angry,0.625,1,0
"lesson, 1.mp4",3,0.120000,2026-01-02T03:04:05.798Z,3,3,0,0,1,480,,,,,,,,,0,1
)");
}

TEST(Rows, GiveWhatWasWrittenButForTheSizeAndOtherSmoothedProbabilities) {
  const TempFolder folder;
  const std::vector<FrameResult> written = someResults();
  writeRows(*rowsWriter(folder / "x.csv", twoSources()), written);
  const std::vector<FrameResult> read = readFrames(folder / "x.csv");
  ASSERT_EQ(read.size(), written.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].source, written[i].source);
    EXPECT_EQ(read[i].frame, written[i].frame);
    EXPECT_EQ(read[i].time_s, written[i].time_s);
    EXPECT_EQ(read[i].wall_time, written[i].wall_time);
    EXPECT_TRUE(read[i].size.empty());
    ASSERT_EQ(read[i].faces.size(), written[i].faces.size());
    for (std::size_t k = 0; k < read[i].faces.size(); ++k) {
      const FaceResult& found = read[i].faces[k];
      const FaceResult& wanted = written[i].faces[k];
      EXPECT_EQ(found.track, wanted.track);
      EXPECT_EQ(found.box, wanted.box);
      EXPECT_EQ(found.score, wanted.score);
      EXPECT_EQ(found.probabilities, wanted.probabilities);
      EXPECT_EQ(found.label, wanted.label);
      ASSERT_EQ(found.smoothed.size(), wanted.smoothed.size());
      for (std::size_t c = 0; c < found.smoothed.size(); ++c) {
        if (static_cast<int>(c) == found.label)
          EXPECT_EQ(found.smoothed[c], wanted.smoothed[c]);
        else
          EXPECT_TRUE(std::isnan(found.smoothed[c]));
      }
      EXPECT_EQ(found.dark, wanted.dark);
      EXPECT_EQ(found.blurred, wanted.blurred);
    }
  }
  // Written again from what was read they are the same to the byte.
  writeRows(*rowsWriter(folder / "again.csv", twoSources()), read);
  EXPECT_EQ(fileText(folder / "again.csv"), fileText(folder / "x.csv"));
}

TEST(Rows, SayWhereARunGoesOn) {
  const TempFolder folder;
  writeRows(*rowsWriter(folder / "x.csv", twoSources()), someResults());
  const RowsRead read = readRows(folder / "x.csv", twoSources(), [](const FrameResult& /*result*/) {});
  EXPECT_EQ(read.frames, 6);
  EXPECT_EQ(read.whole_bytes, std::filesystem::file_size(folder / "x.csv"));
  EXPECT_EQ(read.sources[0].next_frame, 4);
  EXPECT_EQ(read.sources[0].time_s, 0.12);
  EXPECT_EQ(read.sources[0].last_track, 3);
  EXPECT_EQ(read.sources[1].next_frame, 7);
  EXPECT_EQ(read.sources[1].time_s, 12.4);
  EXPECT_EQ(read.sources[1].last_track, 3);
}

/// Results behind those that a file holds.
std::vector<FrameResult> restOf(const std::vector<FrameResult>& results, const RowsRead& read) {
  std::vector<FrameResult> rest;
  for (const FrameResult& result : results)
    if (result.frame >= read.sources[result.source].next_frame) rest.push_back(result);
  return rest;
}

TEST(Rows, OfARunKilledAtAnyByteGoOnToTheSameFile) {
  const TempFolder folder;
  const std::filesystem::path file = folder / "x.csv";
  const std::vector<FrameResult> results = someResults();
  writeRows(*rowsWriter(file, twoSources()), results);
  const std::string whole = fileText(file);
  std::uint64_t most = 0;
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    std::ofstream(file, std::ios::binary) << whole.substr(0, cut);
    std::vector<FrameResult> kept;
    const RowsRead read = readRows(file, twoSources(), [&](const FrameResult& result) { kept.push_back(result); });
    ASSERT_LE(read.whole_bytes, cut);
    ASSERT_GE(read.whole_bytes, most) << "a whole frame was lost";
    most = read.whole_bytes;
    ASSERT_EQ(static_cast<std::size_t>(read.frames), kept.size());
    ASSERT_EQ(kept.size() + restOf(results, read).size(), results.size()) << cut;
    writeRows(*rowsWriter(file, twoSources(), read), restOf(results, read));
    ASSERT_EQ(fileText(file), whole) << "cut at byte " << cut;
  }
  EXPECT_EQ(most, whole.size());
}

TEST(Rows, StandInTheFileAfterAFlush) {
  const TempFolder folder;
  const auto writer = rowsWriter(folder / "x.csv", twoSources());
  EXPECT_EQ(fileText(folder / "x.csv"), kRowsHeader);
  writer->write(frameOf(0, 0, 0));
  writer->flush();
  EXPECT_EQ(readFrames(folder / "x.csv").size(), 1U);
}

TEST(Rows, ReachTheFileInWholeFramesWhereManyWait) {
  const TempFolder folder;
  const auto writer = rowsWriter(folder / "x.csv", twoSources());
  const FaceResult face = classifiedFace(1, {0.1F, 0.7F, 0.2F});
  for (int frame = 0; frame < 2000; ++frame) writer->write(frameOf(0, frame, frame / 25.0, {face}));
  EXPECT_GT(std::filesystem::file_size(folder / "x.csv"), 100'000U);
  EXPECT_EQ(fileText(folder / "x.csv").back(), '\n');
}

TEST(Rows, OfAnOlderRunGiveWay) {
  const TempFolder folder;
  std::ofstream(folder / "x.csv") << "old\nold\nold\n";
  writeRows(*rowsWriter(folder / "x.csv", twoSources()), {});
  EXPECT_EQ(fileText(folder / "x.csv"), kRowsHeader);
}

TEST(Rows, GoThroughAPipe) {
  const TempFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::future<std::string> reader = std::async(std::launch::async, [&] { return fileText(folder / "pipe"); });
  writeRows(*rowsWriter(folder / "pipe", twoSources()), {frameOf(1, 0, 0)});
  EXPECT_EQ(reader.get(), std::string(kRowsHeader) + "camera 0,0,0.000000,2026-01-02T03:04:05.678Z,0,,,,,,,,,,,,,,,\n");
}

TEST(Rows, OfANameWithALineFeedStandInOneLine) {
  const TempFolder folder;
  const ResultSource source{{"a\nb\t.mp4"}, {"x\ry"}, "", "", ""};
  writeRows(*rowsWriter(folder / "x.csv", source), {frameOf(0, 0, 0)});
  EXPECT_THAT(fileText(folder / "x.csv"), HasSubstr("p_x y"));
  EXPECT_THAT(fileText(folder / "x.csv"), HasSubstr("\na b .mp4,0,"));
  std::size_t frames = 0;
  readRows(folder / "x.csv", source, [&](const FrameResult& /*result*/) { ++frames; });
  EXPECT_EQ(frames, 1U);
}

TEST(Rows, RefuseNamesThatCannotBeToldApart) {
  const TempFolder folder;
  ResultSource source = twoSources();
  source.sources = {"a.mp4", "a.mp4"};
  EXPECT_EQ(errorOf(Fault::kUsage, [&] { rowsWriter(folder / "x.csv", source); }),
            "a.mp4: the name of more than one source, whose rows could not be told apart.");
  source.sources = {""};
  EXPECT_EQ(errorOf(Fault::kUsage, [&] { rowsWriter(folder / "x.csv", source); }),
            "a source has no name. Give it one.");
  EXPECT_FALSE(std::filesystem::exists(folder / "x.csv"));
}

TEST(Rows, RefuseResultsThatAreNotOfTheirSources) {
  const TempFolder folder;
  const auto writer = rowsWriter(folder / "x.csv", twoSources());
  EXPECT_THROW(writer->write(frameOf(2, 0, 0)), std::invalid_argument);
  FaceResult face = classifiedFace(1, {0.1F, 0.7F});
  EXPECT_THROW(writer->write(frameOf(0, 0, 0, {face})), std::invalid_argument);
  face = classifiedFace(0, {0.1F, 0.7F, 0.2F});
  EXPECT_THROW(writer->write(frameOf(0, 0, 0, {face})), std::invalid_argument);
}

TEST(Rows, SayWhereTheyCannotBeWritten) {
  const TempFolder folder;
  EXPECT_THAT(errorOf(Fault::kOther, [&] { rowsWriter(folder / "none/x.csv", twoSources()); }),
              HasSubstr("none/x.csv: cannot write: No such file or directory. Check the path."));
  const auto full = rowsWriter("/dev/null", twoSources());
  EXPECT_NO_THROW(full->end());
  EXPECT_THAT(errorOf(Fault::kOther, [&] { rowsWriter("/dev/full", twoSources()); }),
              HasSubstr("/dev/full: cannot write: No space left on device."));
}

}  // namespace
}  // namespace fer::serve
