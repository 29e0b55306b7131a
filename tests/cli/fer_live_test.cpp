#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "fer/core/files/files.hpp"
#include "fer/video/frame_source.hpp"
#include "support/drawn_video.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> linesOf(const fs::path& file) {
  std::vector<std::string> lines;
  std::istringstream in(readFile(file, Fault::kOther));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> fieldsOf(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
  return fields;
}

/// The rows without the time at which each was made.
std::vector<std::string> rowsOf(const fs::path& file) {
  constexpr std::size_t kWallTime = 3;
  std::vector<std::string> rows;
  for (const std::string& line : linesOf(file)) {
    std::string row;
    const std::vector<std::string> fields = fieldsOf(line);
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (i != kWallTime) row += fields[i] + ",";
    rows.push_back(row);
  }
  return rows;
}

CommandResult ferLive(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--detector", "haar"});
  return runCommand("fer-live", arguments);
}

TEST(FerLive, WritesWhatTheFacesOfARecordingShow) {
  const TempFolder folder;
  const std::string clip = (folder / "lesson.mp4").string();
  writeDrawnVideo(clip, {});
  const CommandResult result =
      ferLive({clip, "--csv", (folder / "rows.csv").string(), "--jsonl", (folder / "rows.jsonl").string(), "--summary",
               (folder / "tracks.csv").string(), "--timeline", (folder / "page.html").string(), "--out",
               (folder / "drawn.mp4").string()});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("lesson.mp4: ended, 30 frames in "));

  const std::vector<std::string> rows = linesOf(folder / "rows.csv");
  ASSERT_EQ(rows.size(), 1 + 2 * 30U);
  EXPECT_THAT(rows.front(), ::testing::StartsWith("source,frame,time_s,wall_time,faces,track,x,y,w,h,score,label,"));
  for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_EQ(fieldsOf(rows[i])[1], std::to_string((i - 1) / 2));

  const std::vector<std::string> objects = linesOf(folder / "rows.jsonl");
  ASSERT_EQ(objects.size(), 30U);
  EXPECT_EQ(nlohmann::json::parse(objects.back()).at("faces").size(), 2U);
  EXPECT_EQ(linesOf(folder / "tracks.csv").size(), 1 + 2U);
  EXPECT_THAT(readFile(folder / "page.html", Fault::kOther), HasSubstr("lesson.mp4"));

  const auto video = video::openVideo((folder / "drawn.mp4").string(), {});
  std::int64_t frames = 0;
  while (const auto frame = video->next()) {
    EXPECT_NEAR(frame->time_s, static_cast<double>(frames) / 10, 1e-3);
    ++frames;
  }
  EXPECT_EQ(frames, 30);
  EXPECT_FALSE(fs::exists(folder / "rows.csv.state.json"));
}

TEST(FerLive, PrintsWhereNothingElseShowsWhatIsFound) {
  const TempFolder folder;
  const std::string clip = (folder / "a.mp4").string();
  writeDrawnVideo(clip, {.faces = 1});
  const CommandResult lines = ferLive({clip});
  EXPECT_EQ(lines.code, 0) << lines.err;
  EXPECT_THAT(lines.out, ::testing::MatchesRegex("0:00  #1 [a-z]+ [0-9]+ %.*\n0:01  #1 .*\n0:02  #1 .*\n"));
  const CommandResult objects = ferLive({clip, "--jsonl", "-"});
  std::istringstream in(objects.out);
  std::size_t count = 0;
  for (std::string line; std::getline(in, line); ++count)
    EXPECT_EQ(nlohmann::json::parse(line).at("frame").get<std::size_t>(), count);
  EXPECT_EQ(count, 30U);
}

TEST(FerLive, TakesManySourcesAndGoesOnWhereOneFails) {
  const TempFolder folder;
  writeDrawnVideo(folder / "a.mp4", {.frames = 12, .faces = 1});
  writeDrawnVideo(folder / "b.mp4", {.frames = 20, .faces = 0});
  writeFile(folder / "c.mp4", "no video");
  const CommandResult result =
      ferLive({(folder / "a.mp4").string(), (folder / "b.mp4").string(), (folder / "c.mp4").string(), "--csv",
               (folder / "all.csv").string(), "--out", (folder / "drawn").string()});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("c.mp4: cannot be opened as a video"));
  const std::vector<std::string> rows = linesOf(folder / "all.csv");
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                          [](const std::string& row) { return row.find("b.mp4") != std::string::npos; }),
            20);
  EXPECT_EQ(rows.size(), 1 + 12 + 20U);
  EXPECT_TRUE(fs::exists(folder / "drawn" / "a.annotated.mp4"));
  EXPECT_TRUE(fs::exists(folder / "drawn" / "b.annotated.mp4"));
}

TEST(FerLive, KeepsCountsAloneWhereItIsAskedTo) {
  const TempFolder folder;
  const std::string clip = (folder / "a.mp4").string();
  writeDrawnVideo(clip, {});
  const CommandResult result = ferLive({clip, "--aggregate", (folder / "counts.csv").string()});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(linesOf(folder / "counts.csv").size(), 2U);
  EXPECT_THAT(linesOf(folder / "counts.csv").front(), Not(HasSubstr("track")));
}

TEST(FerLive, GoesOnAfterAKillToTheSameRows) {
  const TempFolder folder;
  const std::string clip = (folder / "a.mp4").string();
  writeDrawnVideo(clip, {.size = {640, 480}, .frames = 150});
  // Slow enough to be killed in the middle: faces are looked for in every frame.
  const std::vector<std::string> slow{clip, "--detector", "haar", "--detections", "0", "--threads", "1", "--csv"};
  std::vector<std::string> whole = slow;
  whole.emplace_back((folder / "whole.csv").string());
  ASSERT_EQ(runCommand("fer-live", whole).code, 0);

  const fs::path rows = folder / "rows.csv";
  std::vector<std::string> cut = slow;
  cut.emplace_back(rows.string());
  std::vector<std::string> again = cut;
  again.emplace_back("--resume");
  again.insert(again.end(),
               {"--summary", (folder / "tracks.csv").string(), "--timeline", (folder / "t.html").string()});
  int kills = 0;
  for (const std::size_t least : {40U, 100U}) {
    RunningCommand command("fer-live", kills == 0 ? cut : again);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while ((!fs::exists(rows) || linesOf(rows).size() < least) && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    command.send(SIGKILL);
    kills += command.wait().signal == SIGKILL ? 1 : 0;
  }
  EXPECT_EQ(kills, 2);
  EXPECT_TRUE(fs::exists(folder / "rows.csv.state.json"));
  EXPECT_THAT(runCommand("fer-live", cut).err,
              HasSubstr("an analysis that was stopped stands there. Go on with --resume"));
  std::vector<std::string> other = again;
  other.insert(other.end(), {"--classifications", "3"});
  EXPECT_THAT(runCommand("fer-live", other).err,
              HasSubstr("was begun with another classifications_per_second (10.0, now 3.0)"));

  const CommandResult rest = runCommand("fer-live", again);
  ASSERT_EQ(rest.code, 0) << rest.err;
  EXPECT_EQ(rowsOf(rows), rowsOf(folder / "whole.csv"));
  EXPECT_EQ(linesOf(folder / "tracks.csv").size(), 1 + 2U);
  EXPECT_FALSE(fs::exists(folder / "rows.csv.state.json"));
  EXPECT_THAT(runCommand("fer-live", again).err, HasSubstr("rows.csv is complete: nothing is left to do"));
}

TEST(FerLive, SaysThatItCanBeGoneOnWithAfterCtrlC) {
  const TempFolder folder;
  const std::string clip = (folder / "a.mp4").string();
  writeDrawnVideo(clip, {.size = {640, 480}, .frames = 100});
  RunningCommand command("fer-live", {clip, "--detector", "haar", "--detections", "0", "--threads", "1", "--csv",
                                      (folder / "rows.csv").string()});
  while (!fs::exists(folder / "rows.csv")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  command.send(SIGINT);
  const CommandResult result = command.wait();
  EXPECT_EQ(result.code, 130);
  EXPECT_THAT(result.err, HasSubstr("stopped; the same command with --resume goes on"));
}

TEST(FerLive, RefusesWhatDoesNotGoTogether) {
  const TempFolder folder;
  const std::string clip = (folder / "a.mp4").string();
  writeDrawnVideo(clip, {.frames = 2});
  const struct {
    std::vector<std::string> arguments;
    const char* message;
  } cases[] = {
      {{}, "name video files or addresses, or --camera 0"},
      {{clip, "--resume"}, "--resume goes on with the rows of --csv FILE"},
      {{clip, "--resume", "--csv", "x.csv", "--out", "y.mp4"}, "without --out and --jsonl FILE"},
      {{"rtsp://x/y", "--resume", "--csv", "x.csv"}, "what a live source showed in the meantime is gone"},
      {{clip, "--aggregate", "x.csv", "--csv", "y.csv"}, "keeps nothing of single faces: without --csv"},
      {{clip, "--window", "--no-window"}, "exclude each other"},
      {{clip, "--detections", "-1"}, "--detections: expected a number >= 0"},
      {{clip, "--detector-size", "5"}, "--detector-size: expected a whole number >= 32"},
      {{clip, clip}, "a.mp4"},
      {{clip, "--out", clip}, "is the source itself"},
      {{clip, "--out", (folder / "x.avi").string()}, "a video is written as .mp4, .mov or .mkv"},
      {{clip, "--model", (folder / "absent.onnx").string()}, "absent.onnx"},
      {{clip, "--bench", "0"}, "--bench: expected a whole number >= 1"},
  };
  for (const auto& c : cases) {
    const CommandResult result = ferLive(c.arguments);
    EXPECT_THAT(result.code, ::testing::AnyOf(2, 3)) << c.message;
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
    EXPECT_THAT(result.err, HasSubstr(c.message));
  }
}

TEST(FerLive, BenchPrintsATable) {
  const CommandResult result = ferLive({"--bench", "2", "--seconds", "2"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("| streams | frames a second, each |"));
  EXPECT_THAT(result.out, HasSubstr("\n| 2 | "));
}

}  // namespace
}  // namespace fer::test
