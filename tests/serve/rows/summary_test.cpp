#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

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
using test::trackedFace;
using test::twoSources;
using testing::HasSubstr;

constexpr const char* kSummaryHeader =
    "source,track,first_s,last_s,seconds_seen,frames,classified,p_angry,p_happy,p_neutral,"
    "share_angry,share_happy,share_neutral,dominant\n";

/// Frames stand 0.5, 0.5, 1 (of 10, while the stream was down) and, the last, as long as that: 1 s.
std::vector<FrameResult> trackResults() {
  const FaceResult happy = classifiedFace(2, {0.2F, 0.8F, 0.0F});
  const FaceResult angry = classifiedFace(2, {0.6F, 0.3F, 0.1F});
  FaceResult fresh;
  fresh.track = 1;
  fresh.box = {0, 0, 5, 5};
  return {
      frameOf(0, 0, 0, {happy, fresh}),
      frameOf(1, 0, 7, {classifiedFace(1, {0, 0, 1})}),
      frameOf(0, 1, 0.5, {trackedFace(happy)}),
      frameOf(0, 2, 1),
      frameOf(0, 3, 1.0),
      frameOf(0, 9, 11, {angry}),
  };
}

TEST(Summary, HasARowATrack) {
  const TempFolder folder;
  const auto writer = summaryWriter(folder / "x.csv", twoSources());
  for (const FrameResult& result : trackResults()) writer->write(result);
  writer->end();
  // Track 2 was happy for 0.5 + 0.5 s and angry for 1 s; of equal shares the first class leads. The camera's lone frame
  // stands 1/25 s.
  EXPECT_EQ(fileText(folder / "x.csv"), std::string(kSummaryHeader) +
                                            "\"lesson, 1.mp4\",1,0.000,0.000,0.500,1,0,,,,,,,\n"
                                            "\"lesson, 1.mp4\",2,0.000,11.000,2.000,3,2,0.4000,0.5500,0.0500,"
                                            "0.5000,0.5000,0.0000,angry\n"
                                            "camera 0,1,7.000,7.000,0.040,1,1,0.0000,0.0000,1.0000,"
                                            "0.0000,0.0000,1.0000,neutral\n");
}

TEST(Summary, IsTheSameFromRowsThatAreReadAgain) {
  const TempFolder folder;
  const auto rows = rowsWriter(folder / "rows.csv", twoSources());
  const auto direct = summaryWriter(folder / "direct.csv", twoSources());
  const auto again = summaryWriter(folder / "again.csv", twoSources());
  for (const FrameResult& result : trackResults())
    for (ResultWriter* writer : {rows.get(), direct.get()}) writer->write(result);
  for (ResultWriter* writer : {rows.get(), direct.get()}) writer->end();
  readRows(folder / "rows.csv", twoSources(), [&](const FrameResult& result) { again->write(result); });
  again->end();
  EXPECT_EQ(fileText(folder / "again.csv"), fileText(folder / "direct.csv"));
}

TEST(Summary, LeavesTheOldFileUntilItsEndAndNothingBeside) {
  const TempFolder folder;
  std::ofstream(folder / "x.csv") << "old";
  const auto writer = summaryWriter(folder / "x.csv", twoSources());
  writer->write(frameOf(0, 0, 0));
  EXPECT_EQ(fileText(folder / "x.csv"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
  writer->end();
  EXPECT_EQ(fileText(folder / "x.csv"), kSummaryHeader);
}

TEST(Summary, SaysAtOnceWhereItCannotBeWritten) {
  const TempFolder folder;
  EXPECT_THAT(errorOf(Fault::kOther, [&] { summaryWriter(folder / "none/x.csv", twoSources()); }),
              HasSubstr("none/x.csv: cannot write"));
  EXPECT_THAT(errorOf(Fault::kOther, [&] { summaryWriter(folder.path(), twoSources()); }),
              HasSubstr("A file is expected here."));
  summaryWriter("/dev/null", twoSources())->end();
}

}  // namespace
}  // namespace fer::serve
