#include "fer/serve/rows/timeline_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fer/serve/rows/writers.hpp"
#include "serve/rows/made_lesson.hpp"
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
using test::sevenEmotions;
using test::twoSources;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(TimelineWriter, WritesThePageAtItsEnd) {
  const TempFolder folder;
  std::ofstream(folder / "x.html") << "old";
  const auto writer = timelineWriter({folder / "x.html", {folder / "videos/a.mp4", ""}, false}, twoSources());
  writer->write(frameOf(0, 0, 0, {classifiedFace(1, {0.2F, 0.8F, 0})}));
  writer->write(frameOf(0, 1, 1, {classifiedFace(1, {0.2F, 0.8F, 0})}));
  writer->flush();
  EXPECT_EQ(fileText(folder / "x.html"), "old") << "of files the page comes at the end";
  writer->end();
  // A second to the next frame, and the last stands as long.
  EXPECT_THAT(fileText(folder / "x.html"),
              AllOf(HasSubstr("src=\"videos/a.mp4\""), HasSubstr("<h2>camera 0</h2>"),
                    HasSubstr("data-values=\"181x20\""), HasSubstr("Analysed 2026-01-02 03:04 UTC."),
                    HasSubstr("Emotions by compact.onnx (xnnpack), faces by yunet.")));
}

TEST(TimelineWriter, OfCamerasWritesWhileItRunsButNotAllTheTime) {
  const TempFolder folder;
  const auto writer = timelineWriter({folder / "x.html", {"", ""}, true}, twoSources());
  writer->write(frameOf(1, 0, 0));
  writer->write(frameOf(1, 1, 1));
  writer->flush();
  const std::string early = fileText(folder / "x.html");
  EXPECT_THAT(early, AllOf(HasSubstr("http-equiv=\"refresh\" content=\"10\""), HasSubstr("0:01 long, 0 tracks.")));
  writer->write(frameOf(1, 2, 2));
  writer->flush();
  EXPECT_EQ(fileText(folder / "x.html"), early) << "less than ten seconds later";
  writer->end();
  EXPECT_THAT(fileText(folder / "x.html"), AllOf(Not(HasSubstr("http-equiv=\"refresh\"")), HasSubstr("0:03 long")));
}

TEST(TimelineWriter, IsTheSameFromRowsThatAreReadAgain) {
  const TempFolder folder;
  const ResultSource source = sevenEmotions({"lesson.mp4"});
  const auto rows = rowsWriter(folder / "rows.csv", source);
  const auto direct = timelineWriter({folder / "direct.html", {""}, false}, source);
  test::eachFrame(0, 120, 10, [&](const FrameResult& result) {
    rows->write(result);
    direct->write(result);
  });
  rows->end();
  direct->end();
  const auto again = timelineWriter({folder / "again.html", {""}, false}, source);
  readRows(folder / "rows.csv", source, [&](const FrameResult& result) { again->write(result); });
  again->end();
  EXPECT_EQ(fileText(folder / "again.html"), fileText(folder / "direct.html"));
}

TEST(TimelineWriter, MakesAPageOfAnHourThatIsSmall) {
  const TempFolder folder;
  const auto writer = timelineWriter({folder / "x.html", {""}, false}, sevenEmotions({"lesson.mp4"}));
  test::eachFrame(0, 3600, 5, [&](const FrameResult& result) { writer->write(result); });
  writer->end();
  EXPECT_LT(std::filesystem::file_size(folder / "x.html"), 150'000U);
  EXPECT_THAT(fileText(folder / "x.html"), AllOf(HasSubstr("1:00:00 long, 65 tracks, up to 5 faces at a time."),
                                                 HasSubstr("60 tracks of less than a second")));
}

TEST(TimelineWriter, HasThumbnailsOnlyWhereTheyWereGiven) {
  const TempFolder folder;
  const auto writer = timelineWriter({folder / "x.html", {"", ""}, false}, twoSources());
  for (int i = 0; i < 3; ++i) writer->write(frameOf(0, i, i, {classifiedFace(1, {0.2F, 0.8F, 0})}));
  writer->end();
  EXPECT_THAT(fileText(folder / "x.html"), Not(HasSubstr("data:image")));
  writer->addThumbnail(0, 1, cv::Mat(96, 60, CV_8UC3, cv::Scalar(10, 20, 30)));
  writer->end();
  EXPECT_THAT(fileText(folder / "x.html"), HasSubstr("src=\"data:image/png;base64,iVBORw0KGgo"));
}

TEST(TimelineWriter, SaysAtOnceWhereItCannotBeWritten) {
  const TempFolder folder;
  EXPECT_THAT(errorOf(Fault::kOther,
                      [&] {
                        timelineWriter({folder / "none/x.html", {"", ""}, false}, twoSources());
                      }),
              HasSubstr("none/x.html: cannot write"));
  EXPECT_THROW(timelineWriter({folder / "x.html", {""}, false}, twoSources()), std::invalid_argument);
}

}  // namespace
}  // namespace fer::serve
