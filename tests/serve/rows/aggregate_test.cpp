#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

constexpr const char* kAggregateHeader =
    "source,minute_start_s,wall_time,frames,faces_mean,n_angry,n_happy,n_neutral\n";

TEST(Aggregate, HasCountsAMinuteOnceItIsOver) {
  const TempFolder folder;
  const auto writer = aggregateWriter(folder / "x.csv", twoSources());
  EXPECT_EQ(fileText(folder / "x.csv"), kAggregateHeader);
  const FaceResult happy = classifiedFace(1, {0.2F, 0.8F, 0});
  const FaceResult angry = classifiedFace(2, {0.6F, 0.3F, 0.1F});
  writer->write(frameOf(0, 0, 0, {happy, angry}));
  writer->write(frameOf(0, 1, 59.999, {trackedFace(happy)}));
  writer->write(frameOf(0, 2, 59.9995, {happy}));
  writer->write(frameOf(1, 0, 0));
  EXPECT_EQ(fileText(folder / "x.csv"), kAggregateHeader);
  writer->write(frameOf(0, 3, 180));  // minutes 1 and 2 had no frame
  const std::string first =
      std::string(kAggregateHeader) + "\"lesson, 1.mp4\",0,2026-01-02T03:04:05.678Z,3,1.33,1,2,0\n";
  EXPECT_EQ(fileText(folder / "x.csv"), first);
  writer->write(frameOf(0, 4, 179));  // a time that goes back stays in the minute that is begun
  writer->end();
  EXPECT_EQ(fileText(folder / "x.csv"), first +
                                            "\"lesson, 1.mp4\",180,2026-01-02T03:07:05.678Z,2,0.00,0,0,0\n"
                                            "camera 0,0,2026-01-02T03:04:05.678Z,1,0.00,0,0,0\n");
}

/// Whoever is seen, where, and under which id must not show.
TEST(Aggregate, DoesNotDependOnTracksAndBoxes) {
  const TempFolder folder;
  const auto one = aggregateWriter(folder / "1.csv", twoSources());
  const auto other = aggregateWriter(folder / "2.csv", twoSources());
  const FaceResult face = classifiedFace(1, {0.2F, 0.8F, 0});
  FaceResult elsewhere = face;
  elsewhere.track = 77;
  elsewhere.box = {300, 301, 302, 303};
  elsewhere.score = 0.61F;
  elsewhere.label = 0;
  for (int i = 0; i < 3; ++i) {
    one->write(frameOf(0, i, i, {face}));
    other->write(frameOf(0, i, i, {elsewhere}));
  }
  one->end();
  other->end();
  EXPECT_EQ(fileText(folder / "1.csv"), fileText(folder / "2.csv"));
}

}  // namespace
}  // namespace fer::serve
